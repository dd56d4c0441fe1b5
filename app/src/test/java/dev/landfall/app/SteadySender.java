package dev.landfall.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts small events at a pace that no answer changes, over a few connections that stay.
 *
 * <p>An event's time runs from when it was due, not from when a connection was free for it: what a
 * pause of the other side delays counts in full.
 */
final class SteadySender {

  private static final int CONNECTIONS = 32;
  private static final int PATIENCE_MILLIS = 60_000;

  private final URI endpoint;
  private final String secret;
  private final long period;

  /**
   * Creates a sender.
   *
   * @param period from one event to the next, in nanoseconds
   */
  SteadySender(URI endpoint, String secret, long period) {
    this.endpoint = endpoint;
    this.secret = secret;
    this.period = period;
  }

  /**
   * {@return how long each event took, in nanoseconds}
   *
   * @param first the number of the first, which its id is made of
   * @param count how many
   * @throws Exception if one is answered other than 202
   */
  long[] post(int first, int count) throws Exception {
    long[] took = new long[count];
    AtomicInteger next = new AtomicInteger();
    long begin = System.nanoTime();
    ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int connection = 0; connection < CONNECTIONS; connection++) {
        all.add(connections.submit(() -> {
          post(first, next, begin, took);
          return null;
        }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      connections.shutdownNow();
    }
    return took;
  }

  private void post(int first, AtomicInteger next, long begin, long[] took) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      InputStream answers = new BufferedInputStream(socket.getInputStream());
      for (int i = next.getAndIncrement(); i < took.length; i = next.getAndIncrement()) {
        long due = begin + i * period;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        socket.getOutputStream().write(request(first + i));
        String answer = head(answers);
        if (!answer.startsWith("HTTP/1.1 202 ")) {
          throw new IOException("Event %d was answered %s".formatted(first + i, answer));
        }
        took[i] = System.nanoTime() - due;
      }
    }
  }

  private byte[] request(int number) {
    String event = """
        {"BusinessEventId":"SoakBusinessEvent","BusinessEventLegalEntity":"USMF","ControlNumber":%d,\
        "EventId":"%s","EventTimeIso8601":"2030-01-01T00:05:00Z"}""".formatted(number, new UUID(1, number));
    return """
        POST %s?code=%s HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s""".formatted(endpoint.getPath(), secret, event.length(), event).getBytes(US_ASCII);
  }

  /** An event that is accepted has an answer without a body. */
  private static String head(InputStream answers) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int next = answers.read();
      if (next < 0) {
        throw new IOException("The connection ended after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
