package dev.landfall.sink.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.spi.SinkException;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** How uploads go on, end, and are seen to have gone wrong. */
@Timeout(60)
class UploadsTest {

  private static final String KEY = "Customer groups/usmf/2026-03-01/event.csv";

  @RegisterExtension
  static final S3Proxy SERVER = S3Proxy.trusting();

  @TempDir
  Path folder;

  private TestBucket bucket;
  private byte[] bytes;
  private ExportedFile file;
  private FaultyProxy proxy;
  private S3Client client;

  @BeforeEach
  void start() throws IOException {
    bucket = SERVER.createBucket();
    bytes = new byte[2 * TestSinks.PART + 1];
    new Random(1).nextBytes(bytes);
    file = ExportedFiles.in(folder).withEventId("event").named("export.csv", bytes);
    proxy = new FaultyProxy(SERVER.endpoint());
    client = TestSinks.impatient(SERVER, proxy.endpoint());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    proxy.close();
  }

  private S3SinkBuilder settings() {
    return S3Sink.bucket(bucket.name()).partSize(TestSinks.PART);
  }

  private void assertStored(byte[] content) {
    assertEquals(List.of(KEY), bucket.keys());
    assertArrayEquals(content, bucket.bytes(KEY));
    assertEquals(List.of(), bucket.openUploads());
  }

  @Test
  void theNextTrySendsOnlyWhatIsMissing() throws Exception {
    CountDownLatch others = new CountDownLatch(2);
    proxy.always(Seen.part(1).or(Seen.part(3)), exchange -> {
      exchange.pass();
      others.countDown();
    });
    // All tries of the client.
    proxy.times(3, Seen.part(2), exchange -> {
      awaitForAWhile(others);
      Fault.answer(500, "InternalError").play(exchange);
    });
    try (S3Sink sink = settings().build(client)) {
      assertTrue(assertThrows(SinkException.class, () -> sink.store(file)).retryable());
      sink.store(file);
    }
    assertEquals(1, proxy.count(Seen.createUpload()));
    assertEquals(4, proxy.count(Seen.part(2)));
    assertEquals(6, proxy.count(Seen.anyPart()));
    assertStored(bytes);
  }

  @Test
  void anUploadWhoseBeginningWasNotHeardOfIsSweptInTimeUnderAKeyThatIsOurs() throws Exception {
    storeWithLostBeginning("ours/{eventId}.{format}");
    assertEquals(List.of("ours/event.csv"), bucket.openUploads());
    storeLater("ours/{eventId}.{format}").close();
    assertEquals(List.of(), bucket.openUploads());
    assertArrayEquals(bytes, bucket.bytes("ours/event.csv"));
  }

  @Test
  void whatMayBeAnothersIsSweptOnRequestOnly() throws Exception {
    storeWithLostBeginning("{eventId}.{format}");
    try (S3Sink later = storeLater("{eventId}.{format}")) {
      assertEquals(List.of("event.csv"), bucket.openUploads());
      assertEquals(1, later.sweep());
    }
    assertEquals(List.of(), bucket.openUploads());
  }

  private void storeWithLostBeginning(String key) throws Exception {
    try (S3Sink sink = settings().key(key).build(client)) {
      proxy.once(Seen.createUpload(), Fault.lostAnswer());
      sink.store(file);
    }
  }

  /** Storing sweeps, too. */
  private S3Sink storeLater(String key) throws Exception {
    S3Sink later = settings()
        .key(key)
        .clock(Clock.offset(Clock.systemUTC(), Duration.ofDays(3)))
        .build(client);
    later.store(file);
    return later;
  }

  @Test
  void partsAreSentSideBySideAndNoMoreThanTold() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    proxy.always(Seen.anyPart(), exchange -> {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      two.countDown();
      try {
        awaitForAWhile(two);
        exchange.pass();
      } finally {
        now.decrementAndGet();
      }
    });
    try (S3Sink sink = settings().parallelParts(2).build(client)) {
      sink.store(file);
    }
    assertEquals(2, most.get());
    assertStored(bytes);
  }

  private static void awaitForAWhile(CountDownLatch latch) throws IOException {
    try {
      var unused = latch.await(500, TimeUnit.MILLISECONDS);
    } catch (InterruptedException closing) {
      throw new IOException(closing);
    }
  }

  @Test
  void anInterruptedStoreEndsAtOnceAndCanBeRepeated() throws Exception {
    CountDownLatch stalled = new CountDownLatch(1);
    proxy.once(Seen.part(2), exchange -> {
      stalled.countDown();
      exchange.stall();
    });
    try (S3Client patient = SERVER.client(proxy.endpoint());
        S3Sink sink = settings().build(patient)) {
      CompletableFuture<Void> ended = new CompletableFuture<>();
      Thread storing = new Thread(() -> {
        try {
          sink.store(file);
          ended.complete(null);
        } catch (Exception failure) {
          ended.completeExceptionally(failure);
        }
      });
      storing.start();
      stalled.await();
      storing.interrupt();
      ExecutionException failure =
          assertThrows(ExecutionException.class, () -> ended.get(10, TimeUnit.SECONDS));
      assertInstanceOf(InterruptedException.class, failure.getCause());
      assertEquals(List.of(), bucket.keys());
      sink.store(file);
    }
    assertStored(bytes);
  }

  @Test
  void aWholeObjectThatIsDamagedOnTheWayIsSeenAndReplaced() throws Exception {
    proxy.withoutChecksums();
    assertDamageIsSeen(
        ExportedFiles.in(folder).withEventId("event").named("export.csv", new byte[300_000]));
  }

  @Test
  void aWholeObjectThatIsDamagedWhereTagsTellNothingIsSeenAndReplaced() throws Exception {
    proxy.withoutChecksums().answeringWithout("etag"::equals);
    assertDamageIsSeen(
        ExportedFiles.in(folder).withEventId("event").named("export.csv", new byte[300_000]));
  }

  private void assertDamageIsSeen(ExportedFile small) throws Exception {
    try (S3Sink sink = settings().build(client)) {
      proxy.once(Seen.putObject(), Fault.damage());
      SinkException damaged = assertThrows(SinkException.class, () -> sink.store(small));
      assertTrue(damaged.retryable());
      assertEquals(List.of(), bucket.keys());
      sink.store(small);
    }
    assertStored(new byte[300_000]);
  }

  @Test
  void aPartThatIsDamagedOnTheWayIsSeenAndReplaced() throws Exception {
    proxy.withoutChecksums().once(Seen.part(2), Fault.damage());
    try (S3Sink sink = settings().build(client)) {
      TestSinks.storePatiently(sink, file);
    }
    assertStored(bytes);
  }

  @Test
  void aFileThatGetsShorterMeanwhileIsNotStored() throws Exception {
    try (S3Sink sink = settings().build(client)) {
      Files.write(file.path(), new byte[7], StandardOpenOption.TRUNCATE_EXISTING);
      assertThrows(Exception.class, () -> sink.store(file));
      assertEquals(List.of(), bucket.keys());
    }
    assertEquals(List.of(), bucket.openUploads());
  }

  @Test
  void aFileThatIsAnotherMeanwhileIsNotStored() throws Exception {
    ExportedFile small =
        ExportedFiles.in(folder).withEventId("event").named("export.csv", new byte[300_000]);
    byte[] other = new byte[300_000];
    other[9] = 1;
    try (S3Sink sink = settings().build(client)) {
      Files.write(small.path(), other);
      assertThrows(Exception.class, () -> sink.store(small));
    }
    assertEquals(List.of(), bucket.keys());
  }
}
