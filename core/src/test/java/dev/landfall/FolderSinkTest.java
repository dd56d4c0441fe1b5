package dev.landfall;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.ExportedFile;
import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSinkTest {

  private static final String DRAFT_OF_E1 = "005b3a72b6b6f3a469a546c08c2e5bac";

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
  void onTheSameDiskNothingIsCopiedAndElsewhereTheBytesAre() throws Exception {
    assumeTrue(exports.getFileSystem().supportedFileAttributeViews().contains("unix"));
    ExportedFile shared = file("e-1", "id;name\n");
    var receipt = FolderSink.at(exports).store(shared);
    assertTrue(Files.isSameFile(shared.path(), Path.of(receipt.location())));
    ExportedFile copied = file("e-2", "id;name\n");
    receipt = FolderSink.at(exports).copying().store(copied);
    assertFalse(Files.isSameFile(copied.path(), Path.of(receipt.location())));
    assertEquals("id;name\n", Files.readString(Path.of(receipt.location())));
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
  void aStoreThatFailsHalfwayLeavesNothingToBeTakenForAWhole() throws Exception {
    ExportedFile gone = file("e-1", "id;name\n");
    Files.delete(gone.path());
    assertThrows(SinkException.class, () -> FolderSink.at(exports).store(gone));
    assertEquals(List.of(), stored());
  }

  @Test
  void anInterruptEndsTheAttemptAndLeavesNothing() {
    ExportedFile file = file("e-1", "id;name\n");
    Thread.currentThread().interrupt();
    assertThrows(
        InterruptedException.class, () -> FolderSink.at(exports).copying().store(file));
    assertFalse(Thread.interrupted(), "told by the exception");
    assertEquals(List.of(), assertDoesNotThrow(this::stored));
  }

  @Test
  void whileAnotherProcessStoresTheSameFileItIsAskedToTryAgain() throws Exception {
    var sink = FolderSink.at(exports).copying();
    Path folder = Files.createDirectories(exports.resolve("Customer groups/usmf/2030-01-01"));
    Path draft = folder.resolve(".landfall-%s.part".formatted(DRAFT_OF_E1));
    try (FileChannel other =
        FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.lock();
      var refused = assertThrows(SinkException.class, () -> sink.store(file("e-1", "id\n")));
      assertTrue(refused.retryable());
    }
    sink.store(file("e-1", "id\n"));
    assertEquals(List.of(folder.resolve("e-1.csv")), stored(), "the draft is used and gone");
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
