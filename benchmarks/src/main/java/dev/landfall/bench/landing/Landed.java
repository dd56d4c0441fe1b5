package dev.landfall.bench.landing;

import dev.landfall.bench.load.EventIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Looks whether a folder holds what it should. */
final class Landed {

  private Landed() {}

  /**
   * Makes sure that there is a whole file for each event, named after its id, and nothing else.
   *
   * @param folder with folders in it, or none
   * @param ids of the events, numbered from 0
   * @param events how many there were
   * @param length of each file in bytes
   * @throws IOException if a file is missing, has another length, or is one too many
   */
  static void require(Path folder, EventIds ids, long events, long length) throws IOException {
    Set<String> missing = new HashSet<>();
    for (long number = 0; number < events; number++) {
      missing.add(ids.id(number) + ".CSV");
    }
    for (Path file : files(folder)) {
      String name = String.valueOf(file.getFileName());
      if (!missing.remove(name.toUpperCase(Locale.ROOT))) {
        throw new IOException("Only whole files of the events are there; this is none: " + name);
      }
      if (Files.size(file) != length) {
        throw new IOException(
            "A file has %d bytes; %s has %d.".formatted(length, name, Files.size(file)));
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException(
          "Every event has its file; of %d events %d have none.".formatted(events, missing.size()));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
