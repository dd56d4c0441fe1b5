package dev.landfall.sink.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that is much larger than memory, from a process that has 64 MiB: of 384 MiB, or of as many
 * as {@code -Dlandfall.s3.mebibytes} says; 4096 take a minute and more.
 */
@Timeout(240)
class LargeTest {

  private static final String KEY = "Customers/usmf/2026-03-01/large.csv";
  private static final long LENGTH = Long.getLong("landfall.s3.mebibytes", 384) << 20;
  private static final String MARK = "0123456789";

  @RegisterExtension
  static final S3Proxy SERVER = S3Proxy.verifying();

  @TempDir
  Path folder;

  @Test
  void aFileLargerThanMemoryIsStored() throws Exception {
    Path file = folder.resolve("large.csv");
    List<Long> marked = List.of(0L, LENGTH / 2, LENGTH - MARK.length());
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      for (long offset : marked) {
        sparse.seek(offset);
        sparse.write(MARK.getBytes(UTF_8));
      }
    }
    TestBucket bucket = SERVER.createBucket();
    Process process = new ProcessBuilder(JavaProgram.command(
            List.of("-Xmx64m"),
            StoreProgram.class,
            StoreProgram.arguments(SERVER, SERVER.endpoint(), bucket, file, 16 << 20)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try {
      String told = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      assertEquals("s3://" + bucket.name() + "/" + KEY, told);
    } finally {
      process.destroyForcibly();
    }
    assertEquals(LENGTH, bucket.head(KEY).contentLength());
    for (long offset : marked) {
      assertEquals(MARK, new String(bucket.bytes(KEY, offset, MARK.length()), UTF_8));
    }
    assertEquals(List.of(), bucket.openUploads());
  }
}
