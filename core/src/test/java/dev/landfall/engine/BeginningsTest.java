package dev.landfall.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.download.Part;
import dev.landfall.download.Version;
import dev.landfall.event.EventId;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.spi.LandingId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failed download leaves in the spool for the next try. */
class BeginningsTest {

  private static final LandingId ID = new LandingId(new EventId("e-1"), "exports");
  private static final LandingId OTHER = new LandingId(new EventId("e-2"), "exports");
  private static final Version VERSION =
      new Version(Optional.of("\"v-1\""), 1000, Optional.of("1B2M2Y8AsgTpgAmY7PhCfg=="));

  @TempDir
  Path folder;

  private Spool open() {
    return open(Long.MAX_VALUE);
  }

  private Spool open(long limit) {
    return Spool.open(folder, SpoolDisk.local(), limit);
  }

  private List<String> held() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .map(name -> name.replaceFirst("[0-9a-f]{32}", "key"))
          .sorted()
          .toList();
    }
  }

  /** An attempt that has fetched so many bytes and then failed. */
  private static void fails(Spool spool, LandingId id, int received, Version version)
      throws InterruptedException {
    try (Place place = spool.place(id)) {
      new BrokenHost(version, received).breaksOff(place.part(), place::takeRoom);
      place.secure();
    }
  }

  private static void assertGoesOn(Spool spool, int received) throws Exception {
    try (Place place = spool.place(ID)) {
      Part part = place.part();
      assertEquals(received, part.received());
      assertEquals(received == 0 ? Version.UNKNOWN : VERSION, part.version());
      assertEquals(received, received == 0 ? 0 : Files.size(part.file()));
    }
  }

  @Test
  void theNextTryGoesOnFromWhatIsHere() throws Exception {
    try (Spool spool = open()) {
      fails(spool, ID, 600, VERSION);
      assertEquals(List.of("key-2.begun", "key-2.mark", "lock"), held());
      assertGoesOn(spool, 600);
      assertEquals(List.of("lock"), held(), "whoever takes it has it alone");
      assertGoesOn(spool, 0);
    }
  }

  @Test
  void aRestartLosesNothingOfIt() throws Exception {
    try (Spool spool = open()) {
      fails(spool, ID, 600, VERSION);
    }
    try (Spool spool = open()) {
      fails(spool, OTHER, 10, VERSION);
      assertGoesOn(spool, 600);
      assertEquals(List.of("key-4.begun", "key-4.mark", "lock"), held(), "numbers go on, too");
    }
  }

  @Test
  void whatHasNoTagIsNotKept() throws Exception {
    try (Spool spool = open()) {
      fails(spool, ID, 600, new Version(Optional.empty(), 1000, Optional.empty()));
      fails(spool, ID, 0, VERSION);
      assertEquals(List.of("lock"), held());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "one line", "e-1\nexports\nmany\n-\n-1\n-", "e-1\nexports\n5\n-\n-1\n-"})
  void whatCannotBeUsedIsRemoved(String mark) throws Exception {
    try (Spool spool = open()) {
      fails(spool, ID, 600, VERSION);
    }
    Path file = folder.resolve(SpoolFolder.key(ID) + "-2.mark");
    assertTrue(Files.exists(file));
    Files.writeString(file, mark);
    try (Spool spool = open()) {
      assertGoesOn(spool, 0);
      assertEquals(List.of("lock"), held());
    }
  }

  @Test
  void ofTwoTheLaterStays() throws Exception {
    try (Spool spool = open();
        Place first = spool.place(ID);
        Place second = spool.place(ID)) {
      assertEquals(0, first.part().received() + second.part().received());
      for (Place place : List.of(first, second)) {
        var host = new BrokenHost(VERSION, place == first ? 600 : 400);
        host.breaksOff(place.part(), place::takeRoom);
        place.secure();
      }
      assertGoesOn(spool, 400);
      assertEquals(List.of("lock"), held());
    }
  }

  @Test
  void whatIsOverIsFreed() throws Exception {
    try (Spool spool = open(1700)) {
      fails(spool, ID, 600, VERSION);
      fails(spool, OTHER, 700, VERSION);
      spool.sweep(ID::equals);
      assertEquals(List.of("key-4.begun", "key-4.mark", "lock"), held());
      spool.place(OTHER).release();
      assertEquals(List.of("lock"), held());
      takesRoom(spool, 1700);
    }
  }

  private static void takesRoom(Spool spool, long bytes) {
    try (Place place = spool.place(new LandingId(new EventId("e-3"), "exports"))) {
      var unused = place.part();
      place.takeRoom(1, bytes);
      place.takeRoom(bytes, bytes);
    }
  }

  @Test
  void aSpoolHoldsNoMoreThanItMay() throws Exception {
    try (Spool spool = open(1000)) {
      fails(spool, ID, 600, new Version(Optional.of("\"v\""), -1, Optional.empty()));
      takesRoom(spool, 400);
      takesRoom(spool, 400);
      FetchException full = assertThrows(FetchException.class, () -> takesRoom(spool, 401));
      assertEquals(Reason.SPOOL_UNAVAILABLE, full.reason());
      assertTrue(full.retryable());
      assertTrue(full.getMessage().contains("600 of at most 1000"), full.getMessage());
      takesRoom(spool, 400);
    }
    try (Spool spool = open(1000)) {
      takesRoom(spool, 400);
      assertThrows(FetchException.class, () -> takesRoom(spool, 401));
      try (Place place = spool.place(ID)) {
        assertEquals(600, place.part().received());
        place.takeRoom(601, 1000);
        assertThrows(FetchException.class, () -> takesRoom(spool, 1));
      }
      takesRoom(spool, 1000);
    }
  }

  @Test
  void whoFindsNoRoomGivesBackWhatItHas() throws Exception {
    Version unknown = new Version(Optional.of("\"v\""), -1, Optional.empty());
    try (Spool spool = open(1000)) {
      fails(spool, OTHER, 600, unknown);
      assertThrows(FetchException.class, () -> fails(spool, ID, 500, unknown));
      assertEquals(List.of("key-2.begun", "key-2.mark", "lock"), held());
      takesRoom(spool, 400);
    }
  }

  @Test
  void whatFailsOnTheDiskIsFetchedAnew() throws Exception {
    for (int steps = 0; steps < 4; steps++) {
      try (Spool spool = Spool.open(folder, new FullDisk(steps), 1000)) {
        fails(spool, ID, 600, VERSION);
        assertFalse(held().contains("key-2.mark"), steps + " steps");
        assertGoesOn(spool, 0);
        takesRoom(spool, 1000);
      }
      assertEquals(List.of("lock"), held(), steps + " steps");
    }
  }
}
