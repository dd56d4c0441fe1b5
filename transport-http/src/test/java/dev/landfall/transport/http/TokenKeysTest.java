package dev.landfall.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TokenKeysTest {

  private static final String KEYS =
      "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmb\",\"e\":\"AQAB\"}]}";

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void anAuthorityThatFallsSilentWithinItsAnswerIsAskedAgain() throws Exception {
    Set<TokenKeys.Standing> heard = untilKnown(exchange -> {
      byte[] body = KEYS.getBytes(StandardCharsets.UTF_8);
      boolean isFirst = asked.incrementAndGet() == 1;
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body, 0, isFirst ? 10 : body.length);
      exchange.getResponseBody().flush();
      if (isFirst) {
        awaitEnd();
      }
      exchange.close();
    });
    assertEquals(EnumSet.of(TokenKeys.Standing.PENDING, TokenKeys.Standing.KNOWN), heard);
    assertEquals(2, asked.get());
  }

  @Test
  void anAuthorityWithoutKeysIsAskedAgainAndCondemnsNobody() throws Exception {
    Set<TokenKeys.Standing> heard = untilKnown(exchange -> {
      boolean isFirst = asked.incrementAndGet() == 1;
      byte[] body = (isFirst ? "{\"keys\":[]}" : KEYS).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    assertEquals(EnumSet.of(TokenKeys.Standing.PENDING, TokenKeys.Standing.KNOWN), heard);
    assertEquals(2, asked.get());
  }

  /** {@return what was said of a key until it was known} */
  private Set<TokenKeys.Standing> untilKnown(HttpHandler answer) throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer authority = HttpServer.create(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    authority.setExecutor(threads);
    authority.createContext("/", answer);
    authority.start();
    try {
      TokenKeys keys = new TokenKeys(
          URI.create("http://127.0.0.1:" + authority.getAddress().getPort()),
          Duration.ofSeconds(2),
          Duration.ofMillis(300));
      Set<TokenKeys.Standing> heard = EnumSet.noneOf(TokenKeys.Standing.class);
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!heard.contains(TokenKeys.Standing.KNOWN) && System.nanoTime() < end) {
        heard.add(keys.find("one").standing());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
      return heard;
    } finally {
      over.countDown();
      authority.stop(0);
      threads.shutdownNow();
    }
  }

  private void awaitEnd() {
    try {
      over.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
