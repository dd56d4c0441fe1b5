package dev.landfall.transport.http;

import static dev.landfall.transport.http.Sender.SECRET;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.Disposition;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebhookSecrecyTest {

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Handler recorder = new Handler() {
    @Override
    public void publish(LogRecord entry) {
      logged.add(new SimpleFormatter().format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(recorder);
  }

  @AfterEach
  void stopListening() {
    Logger.getLogger("").removeHandler(recorder);
  }

  @Test
  void theQueryIsInNoAnswerAndInNoLogWhateverGoesWrong() throws Exception {
    String good = " /?code=" + SECRET + " HTTP/1.1\r\nConnection: close\r\nHost: a\r\n";
    List<String> requests = List.of(
        "POST" + good + "Content-Length: 2\r\n\r\n{}",
        "POST" + good + "Content-Length: 1\r\n\r\n{",
        "POST" + good + "Content-Length: 3\r\n\r\n{ }",
        "POST" + good + "Content-Length: 0\r\n\r\n",
        "POST" + good + "Content-Length: 99999999\r\n\r\n",
        "POST" + good + "Content-Length: 99\r\n\r\n{",
        "POST" + good + "Content-Length: 2\r\nContent-Encoding: br\r\n\r\n{}",
        "POST" + good + "Content-Length: x\r\n\r\n",
        "POST" + good + "Host: b\r\n\r\n",
        "POST" + good + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST" + good + "Transfer-Encoding: nonsense\r\n\r\nzz\r\n",
        "POST" + good + "Expect: nonsense\r\n\r\n",
        "POST" + good + "Bad Header\r\n\r\n",
        "POST" + good.replace("?", "?%zz&") + "\r\n",
        "POST" + good.replace("/?", "/a/%2e%2e/%2f?") + "\r\n",
        "POST" + good.replace("/?", "x?") + "\r\n",
        "POST" + good.replace("HTTP/1.1", "HTTP/9.9") + "\r\n",
        "GET" + good + "\r\n",
        "POST" + good.replace("code=", "code=wrong") + "Content-Length: 2\r\n\r\n{}");
    try (Webhook webhook = Webhook.on(0)
        .sharedSecret(SECRET)
        .answerWithin(Duration.ofMillis(100))
        .requestDeadline(Duration.ofMillis(200))
        .build()) {
      webhook.start(delivery -> switch (delivery.body().length()) {
        case 1 -> throw new IllegalStateException("A receiver that breaks its contract.");
        case 2 -> CompletableFuture.completedFuture(Disposition.accepted());
        default -> new CompletableFuture<>();
      });
      for (String request : requests) {
        try (RawSender sender = new RawSender(webhook)) {
          String answer = sender.write(request).rest();
          assertTrue(answer.startsWith("HTTP/1.1 "), request + answer);
          assertFalse(answer.contains("the-secret"), answer);
        }
      }
    }
    assertTrue(
        logged.stream().anyMatch(entry -> entry.contains("the receiver failed")),
        "Nothing was logged, so nothing was tested.");
    for (String entry : logged) {
      assertFalse(entry.contains("the-secret"), entry);
    }
  }
}
