package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.download.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hosts that break off, talk nonsense, or stay silent. */
abstract class HttpFaultCases extends HttpAnswerCases {

  private static final byte[] LARGE = random(1_000_000);

  @Test
  void aHostThatDoesNotListenIsToldOf() throws Exception {
    URI nobody = host.at("/f");
    host.close();
    assertThrows(IOException.class, () -> reader.get(nobody, Map.of()));
  }

  @Test
  void noAnswerAtAllIsToldOfAndTheReaderGoesOn() throws Exception {
    Map<String, ScriptedHost.Script> faults = new LinkedHashMap<>();
    faults.put("closed", ScriptedHost.Exchange::close);
    faults.put("reset", ScriptedHost.Exchange::reset);
    faults.put("garbage", exchange -> {
      exchange.sendBytes(random(500));
      exchange.close();
    });
    faults.put("another protocol", exchange -> {
      exchange.send("220 ftp ready\r\n\r\n");
      exchange.close();
    });
    faults.put("half a head", exchange -> {
      exchange.send(OK + "\r\nContent-Le");
      exchange.close();
    });
    faults.put("no number", exchange -> {
      exchange.send("HTTP/1.1 abc No\r\n\r\n");
      exchange.close();
    });
    for (Map.Entry<String, ScriptedHost.Script> fault : faults.entrySet()) {
      host.answers(fault.getValue());
      IOException told = failureOf("/f?sig=secret");
      for (Throwable each = told; each != null; each = each.getCause()) {
        assertFalse(String.valueOf(each.getMessage()).contains("secret"), fault.getKey());
      }
      host.answers(exchange -> exchange.send(OK, bytes("fine")));
      assertEquals("fine", text(bodyOf("/f")), "after " + fault.getKey());
    }
  }

  @Test
  void aHeadWithoutEndIsGivenUp() throws Exception {
    byte[] line = bytes("X-More: " + "x".repeat(1000) + "\r\n");
    host.answers(exchange -> {
      exchange.send(OK + "\r\n");
      while (true) {
        exchange.sendBytes(line);
      }
    });
    failureOf("/f");
  }

  @Test
  void whatComesBeforeACutIsGivenOut() throws Exception {
    for (String how : new String[] {"Content-Length: 3000000", "Transfer-Encoding: chunked"}) {
      host.answers(exchange -> {
        exchange.send(OK + "\r\n" + how + "\r\n\r\n");
        if (how.startsWith("T")) {
          exchange.send("f4241\r\n");
        }
        exchange.sendBytes(LARGE);
        exchange.close();
      });
      assertBreaksOffAfter(LARGE);
    }
  }

  @Test
  void aShortBodyThatIsCutIsGivenOutToo() throws Exception {
    byte[] few = random(100);
    host.answers(exchange -> {
      exchange.send("HTTP/1.1 206 Part\r\nContent-Length: 1000\r\n\r\n");
      exchange.sendBytes(few);
      exchange.close();
    });
    assertBreaksOffAfter(few);
  }

  private void assertBreaksOffAfter(byte[] expected) throws Exception {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try (HttpAnswer answer = get("/f")) {
      assertThrows(IOException.class, () -> readInto(received, answer));
      assertArrayEquals(expected, received.toByteArray());
    }
  }

  @Test
  void chunksThatAreNoneBreakTheBody() throws Exception {
    host.answers(exchange -> exchange.send(
        OK + "\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\nxyz\r\nabcd\r\n0\r\n\r\n"));
    becomeImpatient();
    failureOf("/f");
  }

  @Test
  void moreThanWasAnnouncedIsNotPartOfTheBody() throws Exception {
    host.answers(exchange -> exchange.send(OK + "\r\nContent-Length: 4\r\n\r\nfileHTTP/1.1 200 "));
    assertEquals("file", text(bodyOf("/f")));
    host.answers(exchange -> exchange.send(OK, bytes("other")));
    try {
      assertEquals("other", text(bodyOf("/g")));
    } catch (IOException confused) {
      assertEquals("other", text(bodyOf("/g")), "once the connection is gone");
    }
  }

  @Test
  void aHostThatStaysSilentIsGivenUp() throws Exception {
    becomeImpatient();
    for (String beginning : new String[] {"", "HTTP/1.1 2", OK + "\r\nContent-Length: 9\r\n"}) {
      host.answers(exchange -> exchange.send(beginning));
      long begin = System.nanoTime();
      assertThrows(SocketTimeoutException.class, () -> bodyOf("/f"), beginning);
      assertTook(begin, SILENCE, SILENCE.multipliedBy(6));
      assertFalse(Thread.interrupted(), "nobody was interrupted");
      host.exchanges().get(host.exchanges().size() - 1).awaitGone();
    }
  }

  @Test
  void aBodyThatStandsStillIsGivenUpAndWhatCameIsGivenOut() throws Exception {
    becomeImpatient();
    for (byte[] beginning : new byte[][] {random(0), random(100), LARGE}) {
      host.answers(exchange -> {
        exchange.send(OK + "\r\nContent-Length: 2000000\r\n\r\n");
        exchange.sendBytes(beginning);
      });
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      long begin = System.nanoTime();
      try (HttpAnswer answer = get("/f")) {
        assertThrows(SocketTimeoutException.class, () -> readInto(received, answer));
        assertTook(begin, SILENCE, SILENCE.multipliedBy(6));
        assertArrayEquals(beginning, received.toByteArray());
      }
      host.exchanges().get(host.exchanges().size() - 1).awaitGone();
    }
  }

  @Test
  void whatComesSlowlyButComesIsAwaited() throws Exception {
    becomeImpatient();
    byte[] body = random(12);
    host.answers(exchange -> {
      exchange.send(OK + "\r\nContent-Length: 12\r\n\r\n");
      for (byte one : body) {
        exchange.pause(SILENCE.dividedBy(6));
        exchange.sendBytes(new byte[] {one});
      }
    });
    long begin = System.nanoTime();
    assertArrayEquals(body, bodyOf("/f"));
    assertTook(begin, SILENCE.multipliedBy(2), Duration.ofSeconds(30));
  }

  @Test
  void whoReadsSlowlyIsNotTakenForASilentHost() throws Exception {
    becomeImpatient();
    byte[] body = Arrays.copyOf(LARGE, 4_000_000);
    host.answers(exchange -> exchange.send(OK, body));
    try (HttpAnswer answer = get("/f")) {
      host.exchanges().get(0).pause(SILENCE.multipliedBy(2));
      assertArrayEquals(body, rest(answer));
    }
  }

  static void assertTook(long begin, Duration least, Duration most) {
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    // A timer may be early by its own grain.
    assertTrue(took.plusMillis(20).compareTo(least) >= 0, took + ", at least " + least);
    assertTrue(took.compareTo(most) <= 0, took + ", at most " + most);
  }
}
