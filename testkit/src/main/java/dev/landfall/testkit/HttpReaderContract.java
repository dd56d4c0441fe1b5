package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.download.HttpAnswer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link dev.landfall.download.HttpReader} must do, as tests.
 *
 * <p>The test of an implementation extends this class and opens a reader; JUnit runs all cases on
 * it, against hosts on this machine that answer as they should and as they should not. None can be
 * overridden, so none is switched off:
 *
 * <pre>{@code
 * class JdkHttpReaderTest extends HttpReaderContract {
 *   @Override
 *   protected HttpReader open(HostPolicy hosts, Patience patience) {
 *     return JdkHttpReader.open(hosts, patience);
 *   }
 * }
 * }</pre>
 */
public abstract class HttpReaderContract extends HttpDownloadCases {

  private static final int THREADS = 16;
  private static final int FILES = 25;

  /** For subclasses. */
  protected HttpReaderContract() {}

  @Test
  void aConnectionServesOneFileAfterTheOther() throws Exception {
    host.answers(exchange -> exchange.send(OK, bytes("x")));
    for (int i = 0; i < 5; i++) {
      bodyOf("/" + i);
    }
    assertEquals(List.of(0, 0, 0, 0, 0), connections());
  }

  @Test
  void aShortRefusalLeavesTheConnectionToTheNext() throws Exception {
    host.answers(exchange -> exchange.send("HTTP/1.1 404 Gone", bytes("<Error/>")));
    bodyOf("/a");
    bodyOf("/b");
    assertEquals(List.of(0, 0), connections());
  }

  @Test
  void aConnectionThatTheHostEndsIsNotUsedAgain() throws Exception {
    host.answers(exchange -> {
      exchange.send(OK + "\r\nConnection: close", bytes("x"));
      exchange.close();
    });
    bodyOf("/a");
    bodyOf("/b");
    assertEquals(List.of(0, 1), connections());
  }

  @Test
  void whatIsNotReadIsBrokenOffAndDisturbsNobody() throws Exception {
    host.answers(exchange -> {
      exchange.send(OK + "\r\nContent-Length: 1000000000000\r\n\r\n");
      while (true) {
        exchange.sendBytes(new byte[65_536]);
      }
    });
    for (int read : new int[] {0, 1, 300_000}) {
      int number = host.exchanges().size();
      HttpAnswer answer = get("/endless");
      ByteBuffer some = ByteBuffer.allocate(Math.max(1, read));
      while (some.position() < read) {
        assertTrue(answer.read(some) > 0);
      }
      answer.close();
      answer.close();
      host.exchanges().get(number).awaitGone();
    }
    host.answers(exchange -> exchange.send(OK, bytes("fine")));
    assertEquals("fine", text(bodyOf("/f")));
    List<Integer> connections = connections();
    assertNotEquals(connections.get(2), connections.get(3));
  }

  @Test
  void manyAreReadAtOnceAndEachGetsItsOwn() throws Exception {
    host.answers(exchange -> exchange.send(OK, bodyFor(exchange.target())));
    AtOnce.on(THREADS, thread -> {
      for (int i = 0; i < FILES; i++) {
        String target = "/" + thread + "/" + i;
        assertArrayEquals(bodyFor(target), bodyOf(target), target);
      }
      return thread;
    });
    assertEquals(THREADS * FILES, host.exchanges().size());
    assertTrue(
        connections().stream().distinct().count() <= THREADS, connections().toString());
  }

  private static byte[] bodyFor(String target) {
    return random(Math.abs(target.hashCode() % 400_000));
  }

  @Test
  void allThatIsAskedForGoesOutAtOnce() throws Exception {
    CompletableFuture<Void> all = new CompletableFuture<>();
    host.answers(exchange -> {
      if (host.exchanges().size() == THREADS) {
        all.complete(null);
      }
      all.get(20, TimeUnit.SECONDS);
      exchange.send(OK, bytes("x"));
    });
    AtOnce.on(THREADS, thread -> bodyOf("/" + thread));
  }

  @Test
  void anInterruptEndsTheWaitForAnAnswer() throws Exception {
    host.answers(exchange -> {});
    assertEndsByInterrupt(host, () -> get("/f"));
    host.exchanges().get(0).awaitGone();
  }

  @Test
  void anInterruptEndsTheWaitForABody() throws Exception {
    for (int begun : new int[] {0, 100, 500_000}) {
      host.answers(exchange -> {
        exchange.send(OK + "\r\nContent-Length: 1000000000\r\n\r\n");
        exchange.sendBytes(random(begun));
      });
      int number = host.exchanges().size();
      assertEndsByInterrupt(host, () -> bodyOf("/f"));
      host.exchanges().get(number).awaitGone();
    }
  }

  @Test
  void anInterruptEndsABodyThatFlows() throws Exception {
    host.answers(exchange -> {
      exchange.send(OK + "\r\nContent-Length: 1000000000000\r\n\r\n");
      while (true) {
        exchange.sendBytes(new byte[65_536]);
      }
    });
    ByteBuffer some = ByteBuffer.allocate(65_536);
    assertEndsByInterrupt(host, () -> {
      try (HttpAnswer answer = get("/f")) {
        while (answer.read(some.clear()) > 0) {
          // An interrupt may be seen by the one who reads as well.
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        }
        return answer;
      }
    });
    host.exchanges().get(0).awaitGone();
  }

  @Test
  void whoIsInterruptedAlreadyGetsNothingAndTheReaderGoesOn() throws Exception {
    host.answers(exchange -> {});
    Thread.currentThread().interrupt();
    assertInterrupted(() -> bodyOf("/f"));
    assertFalse(Thread.interrupted());
    host.answers(exchange -> exchange.send(OK, bytes("fine")));
    assertEquals("fine", text(bodyOf("/f")));
  }

  @Test
  void aClosedReaderRefusesAndMayBeClosedAgain() throws Exception {
    bodyOf("/f");
    reader.close();
    reader.close();
    failureOf("/f");
    assertEquals(1, host.exchanges().size());
  }

  private List<Integer> connections() {
    List<Integer> numbers = new ArrayList<>();
    host.exchanges().forEach(exchange -> numbers.add(exchange.connection()));
    return numbers;
  }
}
