package dev.landfall.sink.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a process that was killed over an upload. */
@Timeout(60)
class CrashTest {

  private static final String KEY = "Customers/usmf/2026-03-01/large.csv";

  @RegisterExtension
  static final S3Proxy SERVER = S3Proxy.verifying();

  @TempDir
  Path folder;

  private TestBucket bucket;
  private byte[] bytes;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    bucket = SERVER.createBucket();
    bytes = new byte[2 * TestSinks.PART + 1];
    new Random(1).nextBytes(bytes);
    file = Files.write(folder.resolve("export.csv"), bytes);
  }

  @Test
  void killedBetweenPartsItLeavesNoObjectAndTheNextProcessStoresIt() throws Exception {
    killAt(Seen.part(3));
    assertLeftOverUploadIsSweptInTime();
  }

  @Test
  void killedBeforeCompletionItLeavesNoObjectAndTheNextProcessStoresIt() throws Exception {
    killAt(Seen.completeUpload());
    assertLeftOverUploadIsSweptInTime();
  }

  @Test
  void killedBeforeItHearsOfCompletionItHasStoredTheObject() throws Exception {
    CountDownLatch completed = new CountDownLatch(1);
    kill(
        completed,
        proxy -> proxy.once(Seen.completeUpload(), exchange -> {
          exchange.passAndLoseAnswer();
          completed.countDown();
        }));
    assertStoredByTheNextProcess();
    assertEquals(List.of(), bucket.openUploads());
  }

  private void killAt(Predicate<Seen> about) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    kill(
        reached,
        proxy -> proxy.always(about, exchange -> {
          reached.countDown();
          exchange.stall();
        }));
    assertEquals(List.of(), bucket.keys());
  }

  private interface Script {
    void addTo(FaultyProxy proxy);
  }

  /** Kills a process that stores the file when the script has come to its end. */
  private void kill(CountDownLatch reached, Script script) throws Exception {
    try (FaultyProxy proxy = new FaultyProxy(SERVER.endpoint())) {
      script.addTo(proxy);
      Process process = start(proxy.endpoint());
      try {
        assertTrue(reached.await(30, TimeUnit.SECONDS));
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private Process start(URI address) throws IOException {
    return new ProcessBuilder(JavaProgram.command(
            List.of(),
            StoreProgram.class,
            StoreProgram.arguments(SERVER, address, bucket, file, TestSinks.PART)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void assertLeftOverUploadIsSweptInTime() throws Exception {
    assertStoredByTheNextProcess();
    assertEquals(List.of(KEY), bucket.openUploads());
    // Another may still be at it.
    assertEquals(0, sweepAfter(Duration.ofHours(1)));
    assertEquals(1, sweepAfter(Duration.ofDays(3)));
    assertEquals(List.of(), bucket.openUploads());
    assertEquals(List.of(KEY), bucket.keys());
  }

  private void assertStoredByTheNextProcess() throws Exception {
    Process next = start(SERVER.endpoint());
    try {
      assertEquals(
          "s3://" + bucket.name() + "/" + KEY,
          new String(next.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    } finally {
      next.destroyForcibly();
    }
    assertEquals(List.of(KEY), bucket.keys());
    assertArrayEquals(bytes, bucket.bytes(KEY));
  }

  private int sweepAfter(Duration time) throws InterruptedException {
    try (S3Sink later = TestSinks.into(SERVER, SERVER.endpoint(), bucket)
        .clock(Clock.offset(Clock.systemUTC(), time))
        .build()) {
      return later.sweep();
    }
  }

  @Test
  void whatIsNotOfTheSinksFormIsNotSwept() throws Exception {
    SERVER
        .client()
        .createMultipartUpload(request -> request.bucket(bucket.name()).key("backups/of others"));
    assertEquals(0, sweepAfter(Duration.ofDays(3)));
    assertEquals(List.of("backups/of others"), bucket.openUploads());
  }
}
