package dev.landfall.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The jars, or class folders, of all modules on the class path. */
final class AllModules {

  private AllModules() {}

  /** Everything on the class path except the tests of this module. */
  static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> Files.exists(path) && !path.endsWith(Path.of("test-classes")))
        .toList();
  }

  /** Those of this project. */
  static List<Path> own() {
    return classPath().stream()
        .filter(path -> String.valueOf(path.getFileName()).startsWith("landfall-")
            || path.endsWith("target/classes"))
        .toList();
  }

  static JavaClasses classes() {
    return new ClassFileImporter()
        .importLocations(own().stream().map(Path::toUri).map(Location::of).toList());
  }
}
