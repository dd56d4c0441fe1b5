package dev.landfall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.ExportedFile;
import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSinkTest {

  @TempDir
  Path exports;

  @TempDir
  Path spool;

  private ExportedFile file(String id, String text) {
    return Exports.file(spool, id, "Customer groups", text);
  }

  private List<Path> stored() throws IOException {
    try (Stream<Path> files = Files.walk(exports)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aFileLiesUnderItsKeyWithAllItsBytes() throws Exception {
    var receipt = FolderSink.at(exports).store(file("e-1", "id;name\n"));
    Path expected = exports.resolve("Customer groups/usmf/2030-01-01/e-1.csv");
    assertEquals(expected.toString(), receipt.location());
    assertEquals(8, receipt.length());
    assertEquals("id;name\n", Files.readString(expected));
    assertEquals(List.of(expected), stored());
  }

  @Test
  void otherBytesUnderTheSameKeyAreRefusedAndTheOlderFileStays() throws Exception {
    var sink = FolderSink.at(exports).key("{entity}.{format}");
    sink.store(file("e-1", "first"));
    var refused = assertThrows(SinkException.class, () -> sink.store(file("e-2", "other")));
    assertEquals(Reason.SINK_REJECTED, refused.reason());
    assertTrue(refused.getMessage().contains("{eventId}"), refused.getMessage());
    assertEquals("first", Files.readString(exports.resolve("Customer groups.csv")));
    assertEquals(1, stored().size());
  }

  @Test
  void aHalfWrittenFileOfACrashIsNeverTakenForAWhole() throws Exception {
    Path folder = Files.createDirectories(exports.resolve("Customer groups/usmf/2030-01-01"));
    Files.writeString(folder.resolve(".landfall-crash.part"), "id;");
    FolderSink.at(exports).store(file("e-1", "id;name\n"));
    assertEquals("id;name\n", Files.readString(folder.resolve("e-1.csv")));
  }

  @Test
  void aFolderThatCannotBeWrittenCanBeTriedAgain() throws Exception {
    Path notAFolder = Files.writeString(exports.resolve("taken"), "x");
    var refused =
        assertThrows(SinkException.class, () -> FolderSink.at(notAFolder).store(file("e-1", "x")));
    assertEquals(Reason.SINK_UNAVAILABLE, refused.reason());
    assertTrue(refused.retryable());
  }
}
