package dev.landfall.bench.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.load.ExportEvent;
import dev.landfall.file.SignedLink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {

  @TempDir
  Path served;

  @TempDir
  Path fetched;

  private final Batch batch = new Batch("some", 3, 2_500_000);

  @BeforeEach
  void fetch() throws IOException {
    batch.make(served);
    Files.createDirectories(fetched.resolve("some"));
    for (int number = 0; number < 3; number++) {
      Files.copy(batch.file(served, number), batch.file(fetched, number));
    }
  }

  private void assertFailure(String part) {
    IOException failure =
        assertThrows(IOException.class, () -> batch.requireWhole(served, fetched));
    assertTrue(failure.toString().contains(part), failure::toString);
  }

  @Test
  void everyFileHasItsLengthAndBytesOfItsOwn() throws Exception {
    assertEquals(2_500_000, Files.size(batch.file(served, 2)));
    assertNotEquals(-1, Files.mismatch(batch.file(served, 1), batch.file(served, 2)));
    batch.requireWhole(served, fetched);
  }

  @Test
  void aFileThatIsMissingIsNoticed() throws Exception {
    Files.delete(batch.file(fetched, 1));
    assertFailure("1.csv of some is not there");
  }

  @Test
  void aFileThatIsCutIsNoticed() throws Exception {
    Files.write(batch.file(fetched, 2), new byte[1]);
    assertFailure("2.csv of some is not the same");
  }

  @Test
  void aFileThatNobodyAskedForIsNoticed() throws Exception {
    Files.write(fetched.resolve("some/0.csv.part"), new byte[1]);
    assertFailure("of 3 there are 4");
  }

  @Test
  void aBatchIsReadFromItsLine() {
    assertEquals(batch, Batch.of(batch.line()));
  }

  @Test
  void aLinkIsSignedAndAsLongAsThatOfAnEvent() {
    SignedLink link = SignedLink.of(batch.link(URI.create("http://127.0.0.1:10000"), 1));
    assertEquals(Optional.empty(), link.fault());
    assertEquals("1.csv", link.name());
    assertTrue(link.url().length() > ExportEvent.LENGTH / 3, link::url);
  }
}
