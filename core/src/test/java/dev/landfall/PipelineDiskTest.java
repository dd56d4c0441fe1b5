package dev.landfall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.landfall.event.LandfallException;
import dev.landfall.event.Reason;
import dev.landfall.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Disks that are full, and folders that cannot be written. */
class PipelineDiskTest extends PipelineCase {

  /** Every write to it fails as on a full disk. */
  private static final Path FULL = Path.of("/dev/full");

  @Test
  void aFullDiskUnderTheSpoolIsNamedAndTheFileLandsOnceThereIsSpace() throws Exception {
    assumeTrue(Files.exists(FULL), "There is no /dev/full here.");
    Pipeline pipeline = pipeline(ledger).route(fetching().store(exports())).build();
    started.add(pipeline);
    String key =
        Sha256.of("e-1\0exports".getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
    Files.createSymbolicLink(folder.resolve("spool").resolve(key + "-1.part"), FULL);
    pipeline.start();
    source.answerTo(event("e-1"));
    String told = steps.await("retrying e-1 on exports SPOOL_UNAVAILABLE");
    assertTrue(told.contains("space"), told);
    steps.await("landed e-1");
    assertEquals("id;name\n1;one\n", Files.readString(folder.resolve("exports/e-1.csv")));
    assertEquals(List.of(), spooled());
  }

  @Test
  void aFolderThatCannotBeWrittenIsTriedAgainUntilItCan() throws Exception {
    Files.writeString(folder.resolve("exports"), "a file stands where the folder should");
    start(pipeline(ledger).route(fetching().store(exports())));
    source.answerTo(event("e-1"));
    String told = steps.await("retrying e-1 on exports SINK_UNAVAILABLE");
    assertTrue(told.contains("needs a folder it can write to"), told);
    Files.delete(folder.resolve("exports"));
    steps.await("landed e-1");
  }

  @Test
  void aSpoolThatCannotBeMadeIsRefusedAtOnce() throws Exception {
    Path file = Files.writeString(folder.resolve("spool"), "no folder");
    var refused = assertThrows(
        LandfallException.class,
        () -> pipeline(ledger).route(fetching().store(exports())).build());
    assertEquals(Reason.SPOOL_UNAVAILABLE, refused.reason());
    assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
  }
}
