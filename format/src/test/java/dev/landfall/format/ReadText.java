package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import dev.landfall.testkit.ExportedFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text as it is read under one of the three choices, as far as it is not refused. */
record ReadText(List<ReadText.Row> rows, List<BadRecord> bad, long refusedLine) {

  /** A record that could be read. */
  record Row(long line, List<@Nullable String> values) {}

  /** How to choose; bad records are collected where they are set aside. */
  interface Choice {
    BadRecords of(List<BadRecord> bad);
  }

  static final Choice REFUSED = bad -> BadRecords.refused();
  static final Choice ASIDE = bad -> BadRecords.setAside(bad::add);
  static final Choice MENDED = bad -> BadRecords.mended();

  List<Long> lines() {
    return rows.stream().map(Row::line).toList();
  }

  List<List<@Nullable String>> values() {
    return rows.stream().map(Row::values).toList();
  }

  static ReadText of(DelimitedText format, byte[] bytes, Choice choice) throws IOException {
    return inFile(bytes, file -> read(format, file, choice));
  }

  private static ReadText read(DelimitedText format, ExportedFile file, Choice choice)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    List<BadRecord> bad = new ArrayList<>();
    try (RecordFormat.Records records = format.read(file, choice.of(bad))) {
      for (ExportedRecord next = records.next(); next != null; next = records.next()) {
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < next.names().size(); i++) {
          values.add(next.value(i));
        }
        rows.add(new Row(next.line(), values));
      }
      return new ReadText(rows, bad, 0);
    } catch (MalformedFileException refused) {
      return new ReadText(rows, bad, refused.line());
    }
  }

  /** The plain text of a file; none if it turns out not to be plain. */
  record Plain(String text, long records) {}

  static Optional<Plain> plain(DelimitedText format, byte[] bytes, int block) throws IOException {
    return inFile(bytes, file -> plain(format, file, block));
  }

  private static Optional<Plain> plain(DelimitedText format, ExportedFile file, int block)
      throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (RecordFormat.Records records = format.read(file)) {
      Optional<PlainText> plain = records.plain();
      if (plain.isEmpty()) {
        return Optional.empty();
      }
      byte[] target = new byte[block + 2];
      for (int n = 0; n >= 0; n = plain.get().read(target, 1, block)) {
        read.write(target, 1, n);
      }
      return Optional.of(
          new Plain(read.toString(StandardCharsets.UTF_8), plain.get().records()));
    } catch (MalformedFileException | PlainText.NotPlainException other) {
      return Optional.empty();
    }
  }

  static byte[] marked(String text, Charset charset) {
    return ("\uFEFF" + text).getBytes(charset);
  }

  private interface Use<T> {
    T of(ExportedFile file) throws IOException;
  }

  private static <T> T inFile(byte[] bytes, Use<T> use) throws IOException {
    Path folder = Files.createTempDirectory("records");
    ExportedFile file = ExportedFiles.in(folder).named("export.csv", bytes);
    try {
      return use.of(file);
    } finally {
      Files.delete(file.path());
      Files.delete(folder);
    }
  }
}
