package dev.landfall.bench.landing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.load.EventIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandedTest {

  private static final int LENGTH = 7;

  @TempDir
  Path folder;

  private final EventIds ids = new EventIds(1);

  @BeforeEach
  void landTwo() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("Vendor groups/usmf"));
    Files.write(deep.resolve(ids.id(0) + ".csv"), new byte[LENGTH]);
    Files.write(folder.resolve(ids.id(1).toLowerCase(Locale.ROOT) + ".csv"), new byte[LENGTH]);
  }

  private void assertFailure(String part, int events) {
    IOException failure =
        assertThrows(IOException.class, () -> Landed.require(folder, ids, events, LENGTH));
    assertTrue(failure.toString().contains(part), failure::toString);
  }

  @Test
  void aFileForEachEventIsAsItShouldBe() throws Exception {
    Landed.require(folder, ids, 2, LENGTH);
  }

  @Test
  void aMissingFileIsNoticed() {
    assertFailure("of 3 events 1 have none", 3);
  }

  @Test
  void aFileThatIsCutIsNoticed() throws Exception {
    Files.write(folder.resolve(ids.id(2) + ".csv"), new byte[LENGTH - 1]);
    assertFailure("has 6", 3);
  }

  @Test
  void aFileOfNoEventIsNoticed() throws Exception {
    Files.write(folder.resolve(".landfall-1.part"), new byte[LENGTH]);
    assertFailure("this is none: .landfall-1.part", 2);
  }

  @Test
  void aFolderThatIsNotThereIsNoticed() {
    assertThrows(IOException.class, () -> Landed.require(folder.resolve("none"), ids, 0, LENGTH));
  }
}
