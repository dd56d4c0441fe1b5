package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpAnswer;
import dev.landfall.download.HttpReader;
import dev.landfall.download.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What all cases about HTTP readers share: the reader, a host, and short calls. */
@Timeout(60)
abstract class HttpReaderCases {

  static final String OK = "HTTP/1.1 200 OK";
  static final Duration SILENCE = Duration.ofMillis(800);
  static final Patience SHORT = new Patience(Duration.ofSeconds(5), SILENCE);

  ScriptedHost host;
  HttpReader reader;

  /**
   * Opens a reader; called once before each case, which closes it, and in some cases again.
   *
   * @param hosts trusts the hosts of the case
   * @param patience how long it waits
   * @return the reader to test
   */
  protected abstract HttpReader open(HostPolicy hosts, Patience patience);

  @BeforeEach
  void openReader() throws Exception {
    host = ScriptedHost.http();
    reader = open(hosts(), Patience.usual());
  }

  @AfterEach
  void closeReader() throws Exception {
    reader.close();
    host.close();
  }

  HostPolicy hosts() {
    return HostPolicy.nothing().trust(host.at("/"));
  }

  /** From now on the reader gives up soon. */
  void becomeImpatient() {
    reader.close();
    reader = open(hosts(), SHORT);
  }

  HttpAnswer get(String target) throws IOException, InterruptedException {
    return reader.get(host.at(target), Map.of());
  }

  /** {@return a whole body, read in pieces that fit no block} */
  byte[] bodyOf(String target) throws IOException, InterruptedException {
    try (HttpAnswer answer = get(target)) {
      return rest(answer);
    }
  }

  static byte[] rest(HttpAnswer answer) throws IOException, InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    readInto(all, answer);
    return all.toByteArray();
  }

  static void readInto(ByteArrayOutputStream all, HttpAnswer answer)
      throws IOException, InterruptedException {
    ByteBuffer some = ByteBuffer.allocate(10_007);
    while (answer.read(some) >= 0) {
      all.write(some.array(), 0, some.position());
      some.clear();
    }
  }

  IOException failureOf(String target) {
    return assertThrows(IOException.class, () -> bodyOf(target));
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** To be called when nothing but the interrupt ends the wait. */
  static void assertEndsByInterrupt(ScriptedHost host, Callable<?> wait) throws Exception {
    int before = host.exchanges().size();
    CompletableFuture<Long> ended = new CompletableFuture<>();
    Thread waiting = new Thread(() -> {
      try {
        assertInterrupted(wait);
        ended.complete(System.nanoTime());
      } catch (Throwable e) {
        ended.completeExceptionally(e);
      }
    });
    waiting.start();
    while (host.exchanges().size() == before) {
      waiting.join(5);
    }
    waiting.join(200);
    long begin = System.nanoTime();
    waiting.interrupt();
    Duration took = Duration.ofNanos(ended.get(20, TimeUnit.SECONDS) - begin);
    assertTrue(took.compareTo(Duration.ofSeconds(2)) < 0, took.toString());
  }

  /** Leaves no interrupt behind. */
  static void assertInterrupted(Callable<?> wait) {
    Exception told = assertThrows(Exception.class, wait::call);
    boolean status = Thread.interrupted();
    assertTrue(
        told instanceof InterruptedException || (told instanceof IOException && status),
        told::toString);
  }
}
