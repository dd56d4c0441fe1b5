package dev.landfall.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The jars as the module system sees them. */
class ModulesTest {

  private static final ModuleFinder OWN = ModuleFinder.of(AllModules.own().toArray(new Path[0]));

  private static Set<ModuleDescriptor> own() {
    return OWN.findAll().stream().map(ModuleReference::descriptor).collect(Collectors.toSet());
  }

  @Test
  void everyJarIsANamedModuleOfOurs() {
    assertEquals(AllModules.own().size(), own().size());
    for (ModuleDescriptor module : own()) {
      assertFalse(module.isAutomatic(), module.name() + " has no module-info");
    }
  }

  @Test
  void noPackageExistsInTwoJars() {
    Map<String, Set<String>> owners = new TreeMap<>();
    own()
        .forEach(module -> module
            .packages()
            .forEach(
                name -> owners.computeIfAbsent(name, n -> new TreeSet<>()).add(module.name())));
    owners.values().removeIf(modules -> modules.size() == 1);
    assertEquals(Map.of(), owners);
  }

  @Test
  void theWholeHouseResolvesOnTheModulePath() {
    ModuleFinder all = ModuleFinder.of(AllModules.classPath().toArray(new Path[0]));
    List<String> names = own().stream().map(ModuleDescriptor::name).sorted().toList();
    // The JDK has modules that a program on the class path, as this one, does not begin with.
    Configuration resolved = Configuration.resolve(
        all, List.of(ModuleLayer.boot().configuration()), ModuleFinder.ofSystem(), names);
    for (String name : names) {
      assertFalse(resolved.findModule(name).isEmpty(), name);
    }
  }
}
