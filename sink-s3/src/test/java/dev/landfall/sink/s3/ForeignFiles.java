package dev.landfall.sink.s3;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Test data from elsewhere, read in place and never copied into the project. */
final class ForeignFiles {

  private ForeignFiles() {}

  static Path folder(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path folder = up.resolve("shared/data").resolve(name);
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return Assumptions.abort("No folder shared/data/" + name + " beside the project.");
  }
}
