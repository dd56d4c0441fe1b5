package dev.landfall.sink.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.file.Receipt;
import dev.landfall.testkit.ExportedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Small files in large numbers; {@code -Dlandfall.s3.files=10000} stores more of them. */
@Timeout(240)
class ManyFilesTest {

  private static final int FILES = Integer.getInteger("landfall.s3.files", 1_000);
  private static final int LENGTH = 10_000;
  private static final int THREADS = 8;

  @RegisterExtension
  static final S3Proxy SERVER = S3Proxy.verifying();

  @TempDir
  Path folder;

  @Test
  void eachOfManySmallFilesIsStoredOnce() throws Exception {
    TestBucket bucket = SERVER.createBucket();
    ExportedFiles files = ExportedFiles.in(folder);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (S3Sink sink = TestSinks.into(SERVER, SERVER.endpoint(), bucket).build()) {
      List<Callable<Receipt>> all = new ArrayList<>();
      for (int i = 0; i < FILES; i++) {
        int number = i;
        all.add(() ->
            sink.store(files.withEventId("event-" + number).named("export.csv", content(number))));
      }
      for (Future<Receipt> stored : threads.invokeAll(all)) {
        assertEquals(LENGTH, stored.get().length());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(FILES, bucket.keys().size());
    assertEquals(
        FILES, bucket.list().stream().filter(object -> object.size() == LENGTH).count());
  }

  private static byte[] content(int number) {
    byte[] bytes = new byte[LENGTH];
    new Random(number).nextBytes(bytes);
    return bytes;
  }
}
