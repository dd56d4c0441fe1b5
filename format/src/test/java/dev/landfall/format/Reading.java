package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file says, read to its end. */
record Reading(List<String> names, List<List<@Nullable String>> rows, List<Long> lines) {

  static Reading of(String text) throws IOException {
    return of(DelimitedText.csv(), text.getBytes(StandardCharsets.UTF_8));
  }

  static Reading of(RecordFormat format, byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("records");
    ExportedFile file = ExportedFiles.in(folder).named("export.csv", bytes);
    try {
      return of(format, file);
    } finally {
      Files.delete(file.path());
      Files.delete(folder);
    }
  }

  static Reading of(RecordFormat format, ExportedFile file) throws IOException {
    List<List<@Nullable String>> rows = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    try (RecordFormat.Records records = format.read(file)) {
      for (ExportedRecord next = records.next(); next != null; next = records.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 0; i < next.names().size(); i++) {
          row.add(next.value(i));
        }
        rows.add(row);
        lines.add(next.line());
      }
      return new Reading(records.names(), rows, lines);
    }
  }
}
