package dev.landfall.bench.s3;

import dev.landfall.bench.frame.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A bucket whose objects are plain files.
 *
 * @param folder where they lie
 */
record Bucket(Path folder) {

  /**
   * Makes sure that these objects are there, byte for byte, and nothing else.
   *
   * @param expected the file whose bytes it has, by name in upper case
   * @throws IOException if an object is missing, differs, or is one too many
   */
  void require(Map<String, Path> expected) throws IOException {
    Set<String> missing = new HashSet<>(expected.keySet());
    for (Path object : objects()) {
      String name = folder.relativize(object).toString().toUpperCase(Locale.ROOT);
      Path file = expected.get(name);
      if (file == null || !missing.remove(name)) {
        throw new IOException("Only objects of the exports are there; this is none: " + name);
      }
      if (Files.mismatch(file, object) >= 0) {
        throw new IOException("An object has the bytes of its file; %s has not.".formatted(name));
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException("Every export has its object; of %d exports %d have none."
          .formatted(expected.size(), missing.size()));
    }
  }

  /** Takes all objects away, and what was left of uploads that failed. */
  void empty() throws IOException {
    Folders.remove(folder);
    Files.createDirectory(folder);
  }

  private List<Path> objects() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
