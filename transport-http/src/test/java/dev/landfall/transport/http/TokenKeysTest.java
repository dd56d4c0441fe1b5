package dev.landfall.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

  @Test
  void anAuthorityThatFallsSilentWithinItsAnswerIsAskedAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(1);
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer authority = HttpServer.create(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    authority.setExecutor(threads);
    authority.createContext("/", exchange -> {
      byte[] body = KEYS.getBytes(StandardCharsets.UTF_8);
      boolean isFirst = asked.incrementAndGet() == 1;
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body, 0, isFirst ? 10 : body.length);
      exchange.getResponseBody().flush();
      try {
        if (isFirst) {
          over.await();
        }
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
    });
    authority.start();
    try {
      TokenKeys keys = new TokenKeys(
          URI.create("http://127.0.0.1:" + authority.getAddress().getPort()),
          Duration.ofSeconds(2),
          Duration.ofMillis(300));
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      TokenKeys.Standing standing = keys.find("one").standing();
      while (standing == TokenKeys.Standing.PENDING && System.nanoTime() < end) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        standing = keys.find("one").standing();
      }
      assertEquals(TokenKeys.Standing.KNOWN, standing);
      assertEquals(2, asked.get());
    } finally {
      over.countDown();
      authority.stop(0);
      threads.shutdownNow();
    }
  }
}
