package dev.landfall.sink.jdbc;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.LandfallException;
import dev.landfall.event.Payload;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** Loads one file in a process with little memory, and prints how it ended. */
final class LargeLoadProgram {

  static final String ONE_BY_ONE = "one-by-one";

  private LargeLoadProgram() {}

  /**
   * Loads the file.
   *
   * @param arguments URL of the database, table, file, and then nothing to append,
   *     {@code one-by-one} to append without COPY, or a time of export to upsert by {@code ID}
   */
  public static void main(String[] arguments) throws IOException {
    JdbcTableSinkBuilder sink = JdbcTableSink.into(database(arguments[0])).table(arguments[1]);
    String way = arguments.length > 3 ? arguments[3] : "";
    boolean upserts = !way.isEmpty() && !way.equals(ONE_BY_ONE);
    if (upserts) {
      sink.upsertBy("ID");
    } else if (!way.isEmpty()) {
      sink.eventIdColumn("event");
    }
    ExportedFile file = exported(Path.of(arguments[2]), upserts ? way : "2026-03-01T08:15:30Z");
    try {
      System.out.println(sink.build().store(file).recordCount());
    } catch (LandfallException refusal) {
      System.out.println(refusal.getMessage());
    }
  }

  private static DataSource database(String url) {
    if (url.startsWith("jdbc:sqlite:")) {
      SQLiteDataSource file = new SQLiteDataSource();
      file.setUrl(url);
      return file;
    }
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setUrl(url);
    return server;
  }

  private static ExportedFile exported(Path file, String time) throws IOException {
    BusinessEvent event = BusinessEvent.of(Payload.of(Map.of(
        "EventId",
        file.getFileName().toString(),
        "BusinessEventLegalEntity",
        "usmf",
        "EventTimeIso8601",
        time)));
    return new ExportedFile(
        event,
        "exports",
        "export.csv",
        FileFormat.ofName("export.csv"),
        Files.size(file),
        Sha256.ofFile(file),
        file);
  }
}
