package dev.landfall.bench.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxTest {

  @TempDir
  Path folder;

  @Test
  void itServesFilesOverSignedLinksUntilItIsClosed() throws Exception {
    Assumptions.assumeTrue(DownloadLargeTest.isInstalled("nginx"), "no nginx here");
    Batch batch = new Batch("some", 2, 10_240);
    batch.make(folder);
    URI link;
    try (Nginx nginx = Nginx.start(folder)) {
      link = URI.create(batch.link(nginx.address(), 1));
      try (InputStream file = link.toURL().openStream()) {
        assertArrayEquals(Files.readAllBytes(batch.file(folder, 1)), file.readAllBytes());
      }
    }
    assertThrows(ConnectException.class, () -> link.toURL().openStream().close());
  }

  @Test
  void aProgramThatIsNotInstalledIsNamedWithAWayToGetIt() {
    IOException missing =
        assertThrows(IOException.class, () -> Installed.require("no-such-program-anywhere"));
    assertTrue(
        missing.toString().contains("apt-get install no-such-program-anywhere"), missing::toString);
  }
}
