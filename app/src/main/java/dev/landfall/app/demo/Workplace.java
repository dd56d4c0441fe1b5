package dev.landfall.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the demo puts things: a folder that is kept, or one that goes with it. */
record Workplace(Path folder, boolean kept) implements AutoCloseable {

  static Workplace in(@Nullable Path keep) throws IOException {
    if (keep == null) {
      return new Workplace(Files.createTempDirectory("landfall-demo-"), false);
    }
    Files.createDirectories(keep);
    try (Stream<Path> files = Files.list(keep)) {
      if (files.findAny().isPresent()) {
        throw new IOException(
            "The demo keeps its files in a folder of its own, and %s is not empty; name another."
                .formatted(keep));
      }
    }
    return new Workplace(keep, true);
  }

  Path exports() {
    return folder.resolve("exports");
  }

  Path tables() {
    return folder.resolve("tables.db");
  }

  /** A place as one reads it who stands in the folder. */
  String shortened(String location) {
    return location.startsWith("table ")
        ? location + " in " + tables().getFileName()
        : location.replace(folder.toAbsolutePath() + folder.getFileSystem().getSeparator(), "");
  }

  Path ledger() {
    return folder.resolve("ledger.db");
  }

  Path spool() {
    return folder.resolve("spool");
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
