package dev.landfall.testkit.simulation;

import dev.landfall.engine.SpoolDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The disk of one machine's spool, with what a power cut leaves of it: nothing is sure to be there,
 * or gone, or whole, that was not synced.
 */
final class SimulatedDisk implements SpoolDisk {

  private final World world;
  private final Set<String> sureNames = new HashSet<>();
  private final Set<String> sureBytes = new HashSet<>();
  private final Map<String, byte[]> deleted = new LinkedHashMap<>();

  SimulatedDisk(World world) {
    this.world = world;
  }

  @Override
  public void sync(Path fileOrFolder) throws IOException {
    step("syncs", fileOrFolder);
    if (Files.isDirectory(fileOrFolder)) {
      sureNames.clear();
      sureNames.addAll(names(fileOrFolder));
      deleted.clear();
    } else {
      sureBytes.add(name(fileOrFolder));
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    step("renames", to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    Attempt attempt = world.turns().current().working;
    if (attempt != null && !name(to).endsWith(".part")) {
      attempt.secured.add(name(to));
    }
    sureNames.remove(name(to));
    sureBytes.remove(name(to));
    if (sureBytes.remove(name(from))) {
      sureBytes.add(name(to));
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    if (Files.exists(file)) {
      world.step("deletes", name(file));
      if (sureNames.remove(name(file))) {
        deleted.put(name(file), Files.readAllBytes(file));
      }
      sureBytes.remove(name(file));
      Files.deleteIfExists(file);
    }
  }

  private void step(String what, Path file) throws IOException {
    world.step(what, name(file));
    if (world.strikes(Fault.DISK_FAILS)) {
      Attempt working = world.turns().current().working;
      if (working != null) {
        working.diskFailed = true;
      }
      throw new IOException("No space left on device.");
    }
  }

  /** {@return whether files outlive a power cut} */
  boolean isSure(Set<String> names) {
    return sureNames.containsAll(names) && sureBytes.containsAll(names);
  }

  /** Leaves of a folder what it may after a power cut. */
  void cutPower(Path folder) throws IOException {
    Chance chance = world.chance();
    for (String name : names(folder)) {
      Path file = folder.resolve(name);
      if (!sureNames.contains(name) && chance.of(500)) {
        Files.delete(file);
      } else if (!sureBytes.contains(name)) {
        byte[] bytes = Files.readAllBytes(file);
        int whole = chance.below(bytes.length + 1);
        byte[] left = Arrays.copyOf(bytes, whole);
        // A sink may have synced the same bytes under a name of its own.
        Files.delete(file);
        // Some file systems keep the length and fill up with zeros.
        Files.write(file, chance.of(500) ? left : Arrays.copyOf(left, bytes.length));
      }
    }
    for (Map.Entry<String, byte[]> old : deleted.entrySet()) {
      Path file = folder.resolve(old.getKey());
      if (chance.of(500) && !Files.exists(file)) {
        Files.write(file, old.getValue());
        sureBytes.add(old.getKey());
      }
    }
    deleted.clear();
    sureNames.clear();
    sureNames.addAll(names(folder));
    sureBytes.addAll(names(folder));
  }

  /** {@return the names of what a spool holds, in an order that no file system decides} */
  static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(SimulatedDisk::name)
          .filter(name -> !name.equals("lock"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
