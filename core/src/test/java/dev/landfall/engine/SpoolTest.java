package dev.landfall.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventId;
import dev.landfall.event.LandfallException;
import dev.landfall.event.Payload;
import dev.landfall.file.Disk;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Sha256;
import dev.landfall.spi.LandingId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  private static final LandingId ID = new LandingId(new EventId("e-1"), "exports");

  /** All of a key but its last digit. */
  private static final String KEY = "0123456789abcdef0123456789abcde";

  private static final String KEY_OF_ID = "b6a1171010e0a2ca5b2d392c3d9b02ba";

  private static final byte[] BYTES = {1, 2, 3};

  @TempDir
  private Path folder;

  private static void secure(Spool spool) throws IOException {
    try (Place place = fetched(spool)) {
      place.secure();
    }
  }

  private static Place fetched(Spool spool) throws IOException {
    Place place = spool.place(ID);
    Files.write(place.part().file(), BYTES);
    place.hold(exported(place.part().file()));
    return place;
  }

  private static ExportedFile exported(Path path) {
    return new ExportedFile(
        event(), "exports", "f.csv", FileFormat.CSV, BYTES.length, Sha256.of(BYTES), path);
  }

  private static BusinessEvent event() {
    return BusinessEvent.of(
        Payload.of(Map.of("EventId", "e-1", "EventTimeIso8601", "2030-01-01T00:00:00Z")));
  }

  private List<String> held() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void aSecuredFileIsThereAfterARestart() throws IOException {
    try (Spool spool = Spool.open(folder, SpoolDisk.local(), Long.MAX_VALUE)) {
      secure(spool);
    }
    try (Spool spool = Spool.open(folder, SpoolDisk.local(), Long.MAX_VALUE)) {
      assertWhole(spool.place(ID).secured(event()).orElseThrow());
    }
  }

  private static void assertWhole(ExportedFile file) throws IOException {
    assertEquals("f.csv", file.name());
    assertEquals(file.sha256(), Sha256.of(Files.readAllBytes(file.path())));
  }

  @Test
  void aFileIsSecuredAlthoughItsWorkerIsInterrupted() throws IOException {
    try (Spool spool = Spool.open(folder, SpoolDisk.local(), Long.MAX_VALUE);
        Place place = fetched(spool)) {
      Thread.currentThread().interrupt();
      place.secure();
      assertTrue(Thread.interrupted(), "kept for whoever asks next");
      assertWhole(spool.place(ID).secured(event()).orElseThrow());
    }
  }

  @Test
  void aFileThatASinkGaveANameIsCopiedForTheNext() throws IOException {
    Path name = folder.resolve("stored.csv");
    try (Spool spool = Spool.open(folder, SpoolDisk.local(), Long.MAX_VALUE);
        Place place = fetched(spool)) {
      ExportedFile file = place.own(place.hold(exported(place.part().file())));
      assertEquals(file, place.own(file), "it is the attempt's own already");
      assumeTrue(Disk.link(file.path(), name));
      ExportedFile next = place.own(file);
      Files.write(name, new byte[] {9});
      assertWhole(next);
      place.secure();
      assertWhole(spool.place(ID).secured(event()).orElseThrow());
    }
    assertEquals(List.of(KEY_OF_ID + ".file", KEY_OF_ID + ".meta", "lock", "stored.csv"), held());
  }

  @Test
  void aCopyThatFailsLeavesNothing() throws IOException {
    try (Spool spool = Spool.open(folder, SpoolDisk.local(), Long.MAX_VALUE);
        Place place = fetched(spool)) {
      ExportedFile file = place.own(place.hold(exported(place.part().file())));
      assumeTrue(Disk.link(file.path(), folder.resolve("stored.csv")));
      Files.write(folder.resolve(KEY_OF_ID + "-2.part"), new byte[] {1});
      var refused = assertThrows(LandfallException.class, () -> place.own(file));
      assertTrue(refused.retryable());
      assertEquals(List.of(KEY_OF_ID + "-1.part", "lock", "stored.csv"), held());
      assertWhole(place.own(file));
    }
  }

  @Test
  void aFileThatWasChangedUnderTheNameOfASinkIsFetchedAgain() throws IOException {
    Path name = folder.resolve("stored.csv");
    try (Spool spool = Spool.open(folder, SpoolDisk.local(), Long.MAX_VALUE)) {
      secure(spool);
      ExportedFile file = spool.place(ID).secured(event()).orElseThrow();
      assumeTrue(Disk.link(file.path(), name));
      Files.write(name, new byte[] {9, 9, 9});
      try (Place place = spool.place(ID)) {
        var changed = assertThrows(LandfallException.class, () -> place.own(file));
        assertTrue(changed.retryable());
        place.secure();
      }
      assertFalse(spool.has(ID));
    }
    assertEquals(List.of("lock", "stored.csv"), held());
  }

  @Test
  void whatCannotBeSecuredLeavesNothing() throws IOException {
    for (int steps = 0; steps < 4; steps++) {
      try (Spool spool = Spool.open(folder, new FullDisk(steps), Long.MAX_VALUE)) {
        secure(spool);
        assertFalse(spool.has(ID));
        assertEquals(List.of("lock"), held(), steps + " steps");
      }
    }
  }

  @Test
  void aFileThatWasSecuredBeforeStaysWhenItCannotBeSecuredAgain() throws IOException {
    try (Spool spool = Spool.open(folder, SpoolDisk.local(), Long.MAX_VALUE)) {
      secure(spool);
    }
    for (int steps = 0; steps < 4; steps++) {
      try (Spool spool = Spool.open(folder, new FullDisk(steps), Long.MAX_VALUE)) {
        secure(spool);
        assertTrue(spool.has(ID), steps + " steps");
      }
    }
  }

  @Test
  void whatACrashLeftUnfinishedIsRemoved() throws IOException {
    try (Spool spool = Spool.open(folder, SpoolDisk.local(), Long.MAX_VALUE)) {
      secure(spool);
    }
    List<String> whole = held();
    for (String name : List.of("0-1.part", "1.file", "2.meta", "3.meta.part")) {
      Files.write(folder.resolve(KEY + name), new byte[] {1});
    }
    Spool.open(folder, SpoolDisk.local(), Long.MAX_VALUE).close();
    assertEquals(whole, held());
  }

  @Test
  void aSpoolThatCannotBeOpenedIsNotTaken() throws IOException {
    Files.createDirectories(folder.resolve(KEY + "0-1.part/b"));
    assertThrows(
        LandfallException.class, () -> Spool.open(folder, SpoolDisk.local(), Long.MAX_VALUE));
    Files.delete(folder.resolve(KEY + "0-1.part/b"));
    Spool.open(folder, SpoolDisk.local(), Long.MAX_VALUE).close();
    assertEquals(List.of("lock"), held());
  }
}
