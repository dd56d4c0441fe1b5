package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.spi.SinkException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JdbcFileSinkTest extends SinkContract {

  @Override
  protected JdbcFileSink openSink() {
    return JdbcFileSink.into(database()).table("files").build();
  }

  @Override
  protected List<String> stored() throws SQLException {
    if (!Rows.tables(database()).contains("files")) {
      return List.of();
    }
    List<String> files = new ArrayList<>();
    try (Connection connection = database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT event_id, file_name, content FROM " + quoted("files"))) {
      while (found.next()) {
        files.add(found.getString(1)
            + "|"
            + found.getString(2)
            + "|"
            + HexFormat.of().formatHex(found.getBytes(3)));
      }
    }
    return files;
  }

  @Override
  protected byte[] content(int number) {
    return new byte[] {(byte) number, 0, -1, '\'', '\\'};
  }

  @Test
  void theRowTellsWhatTheFileIs() throws Exception {
    ExportedFile file = files().withEventId("event-7").csv("ID\n1\n");
    openSink().store(file);
    assertEquals(
        List.of(
            "event-7|export.csv|exports|Customer groups|usmf|5|" + file.sha256().hex()),
        own(
            "files",
            "event_id",
            "file_name",
            "route",
            "entity",
            "legal_entity",
            "file_length",
            "sha256"));
  }

  @Test
  void aFileOfMegabytesIsStoredWhole() throws Exception {
    byte[] bytes = new byte[8 << 20];
    new Random(7).nextBytes(bytes);
    ExportedFile file = files().named("large", FileFormat.UNKNOWN, bytes);
    openSink().store(file);
    assertEquals(
        List.of(file.event().id().value() + "|large|" + HexFormat.of().formatHex(bytes)), stored());
  }

  @Test
  void aFileBeyondTheLimitIsRefused() throws Exception {
    JdbcFileSink small = JdbcFileSink.into(database()).table("files").largest(4).build();
    ExportedFile file = files().csv("ID\n1\n");
    SinkException refusal = assertThrows(SinkException.class, () -> small.store(file));
    assertFalse(refusal.retryable());
    assertEquals(
        "A file in a row of table files has at most 4 bytes, and this one has 5. Raise the limit with"
            + " largest(...), or store it elsewhere.",
        refusal.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> JdbcFileSink.into(database()).table("files").largest(0));
  }
}
