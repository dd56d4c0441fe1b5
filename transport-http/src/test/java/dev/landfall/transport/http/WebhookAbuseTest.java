package dev.landfall.transport.http;

import static dev.landfall.transport.http.RawSender.events;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/**
 * What strangers do to a webhook, while a good sender goes on.
 *
 * <p>The webhook runs in a process of its own with a heap of 64 MiB. Every build does with fewer
 * connections and guesses than {@code -Dlandfall.webhook.idle=10000} and
 * {@code -Dlandfall.webhook.guesses=1000000} ask for.
 */
@Timeout(600)
class WebhookAbuseTest {

  private static final int IDLE = Integer.getInteger("landfall.webhook.idle", 2_000);
  private static final int GUESSES = Integer.getInteger("landfall.webhook.guesses", 20_000);
  private static final int GUESSERS = 8;
  private static final int ENOUGH_KIB = 8 * 1024;

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 \\d\\d\\d ");
  private static final Pattern PROBLEM =
      Pattern.compile("\\{\"title\":\"[^\"]+\",\"status\":\\d{3},\"detail\":\"[^\"]+\"\\}");

  private Abused webhook;
  private GoodSender good;
  private long heapBefore;

  @BeforeEach
  void start(TestInfo test) throws IOException {
    boolean slow = test.getTags().contains("slow");
    webhook = Abused.start(Duration.ofMillis(slow ? 1_500 : 60_000));
    warmUp();
    heapBefore = webhook.state().heapKib();
    good = new GoodSender(webhook.port());
  }

  @AfterEach
  void close(TestInfo test) throws Exception {
    good.end();
    Abused.State after = webhook.state();
    webhook.close();
    System.out.printf(
        "%s: good sender %d events, p99 %d ms; live heap %d KiB before, %d KiB after%n",
        test.getDisplayName(), good.count(), good.p99(), heapBefore, after.heapKib());
    assertAll(
        () -> assertEquals(List.of(), good.wrong()),
        () -> assertTrue(good.p99() < 1_000, "p99 " + good.p99() + " ms"),
        () -> assertEquals(0, after.smuggled()),
        () -> assertTrue(
            after.heapKib() - heapBefore < ENOUGH_KIB,
            heapBefore + " KiB before, " + after.heapKib() + " KiB after"));
  }

  private void warmUp() throws IOException {
    try (RawSender sender = new RawSender(webhook.port())) {
      for (int count = 0; count < 200; count++) {
        sender.write(events("Content-Length: 2") + "{}").answer();
      }
    }
  }

  @Test
  void requestsThatMayBeSeenOtherwiseAreRefusedAndEndTheirConnection() {
    assertAll(SmugglingShapes.refused().entrySet().stream().map(shape -> () -> {
      try (RawSender sender = new RawSender(webhook.port())) {
        String answers = sender.write(shape.getValue() + SmugglingShapes.INNER).rest();
        assertEquals(
            1, STATUS.matcher(answers).results().count(), () -> shape.getKey() + ": " + answers);
        assertFalse(answers.startsWith("HTTP/1.1 2"), () -> shape.getKey() + ": " + answers);
        assertProblem(answers);
      }
    }));
  }

  @Test
  void pipelinedRequestsAreAnsweredOneByOneInOrder() throws Exception {
    String request = events("Content-Length: 2") + "{}";
    String stranger = request.replace(Sender.SECRET, "guessed");
    try (RawSender sender = new RawSender(webhook.port())) {
      for (int round = 0; round < 20; round++) {
        sender.write((request + stranger).repeat(50));
        for (int count = 0; count < 50; count++) {
          assertStatus(202, sender.answer());
          assertRefused(401, sender.answer());
        }
      }
    }
  }

  @Test
  void methodsOtherThanPostAreRefused() throws Exception {
    for (String method : List.of(
        "GET",
        "PUT",
        "DELETE",
        "OPTIONS",
        "PATCH",
        "TRACE",
        "post",
        "Post",
        "POSTS",
        "PROPFIND",
        "A".repeat(1_000))) {
      try (RawSender sender = new RawSender(webhook.port())) {
        String head = events("Content-Length: 2").replace("POST", method);
        assertRefused(405, sender.write(head + "{}").answer());
      }
    }
  }

  @Test
  void bodiesAtOverAndFarOverTheLimitAreToldApart() throws Exception {
    int limit = AbuseTarget.BODY_LIMIT;
    for (int round = 0; round < 50; round++) {
      try (RawSender sender = new RawSender(webhook.port())) {
        assertStatus(
            202,
            sender
                .write(events("Content-Length: " + limit))
                .write(new byte[limit])
                .answer());
        assertRefused(
            413, sender.write(events("Content-Length: " + (limit + 1))).answer());
      }
      try (RawSender sender = new RawSender(webhook.port())) {
        assertRefused(413, sender.write(events("Content-Length: 999999999999")).answer());
      }
    }
  }

  @Test
  void chunksWithoutEndAreCutOff() throws Exception {
    byte[] chunk = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(US_ASCII);
    for (int round = 0; round < 20; round++) {
      try (RawSender sender = new RawSender(webhook.port())) {
        sender.write(events("Transfer-Encoding: chunked"));
        assertRefused(413, writeUntilAnswered(sender, chunk));
      }
      try (RawSender sender = new RawSender(webhook.port())) {
        sender.write(events("Transfer-Encoding: chunked") + "7fffffff\r\n");
        assertRefused(413, writeUntilAnswered(sender, chunk));
      }
    }
  }

  private static String writeUntilAnswered(RawSender sender, byte[] piece) throws IOException {
    try {
      for (int sent = 0; !sender.hasAnswer(); sent += piece.length) {
        assertTrue(sent < 64 << 20, "64 MiB were taken without an answer.");
        sender.write(piece);
      }
    } catch (SocketException cut) {
      // What was answered before is there still.
    }
    return sender.answer();
  }

  @Test
  @Tag("slow")
  void slowHeadsAndSlowBodiesAreCutOff() throws Exception {
    List<RawSender> slow = new ArrayList<>();
    for (int count = 0; count < 150; count++) {
      slow.add(new RawSender(webhook.port()).write("POST /events HTTP/1.1\r\nHost: a\r\nX-A: "));
      slow.add(new RawSender(webhook.port()).write(events("Content-Length: 100000") + "{"));
      slow.add(
          new RawSender(webhook.port()).write(events("Transfer-Encoding: chunked") + "99999\r\n"));
    }
    long begin = System.nanoTime();
    // All are open for as long as they may, and drip whenever there is time.
    while (System.nanoTime() - begin < 1_400_000_000L) {
      for (RawSender sender : slow) {
        drip(sender);
      }
    }
    for (RawSender sender : slow) {
      String rest = sender.rest();
      if (!rest.isEmpty()) {
        assertRefused(408, rest);
      }
      sender.close();
    }
  }

  private static void drip(RawSender sender) {
    try {
      sender.write("x");
    } catch (IOException cut) {
      // It is read what it was told at the end.
    }
  }

  @Test
  void idleConnectionsAreHeldInLittleMemory() throws Exception {
    List<RawSender> idle = new ArrayList<>();
    try {
      for (int count = 0; count < IDLE; count++) {
        RawSender sender = new RawSender(webhook.port());
        idle.add(sender);
        // Half of them never said a word.
        if (count % 2 == 0) {
          assertStatus(202, sender.write(events("Content-Length: 2") + "{}").answer());
        }
      }
      long held = webhook.state().heapKib() - heapBefore;
      System.out.printf("%d idle connections hold %d KiB%n", IDLE, held);
      assertTrue(held < 4L * IDLE + ENOUGH_KIB, held + " KiB");
      for (int count = 0; count < IDLE; count += 100) {
        assertStatus(
            202, idle.get(count).write(events("Content-Length: 2") + "{}").answer());
      }
    } finally {
      for (RawSender sender : idle) {
        sender.close();
      }
    }
  }

  @Test
  void guessesAreRefusedAndNotRepeated() throws Exception {
    ExecutorService guessers = Executors.newFixedThreadPool(GUESSERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int guesser = 0; guesser < GUESSERS; guesser++) {
        int first = guesser;
        all.add(guessers.submit(() -> {
          guess(first);
          return null;
        }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      guessers.shutdownNow();
    }
  }

  private void guess(int first) throws IOException {
    try (RawSender sender = new RawSender(webhook.port())) {
      for (int number = first; number < GUESSES; number += GUESSERS) {
        String guess = "guessed-secret-%08d".formatted(number);
        String head = number % 2 == 0
            ? events("Content-Length: 2").replace(Sender.SECRET, guess)
            : events("Content-Length: 2")
                .replace("X-Landfall-Secret", "X-Nothing")
                .replace("/events", "/events?code=" + guess);
        String answer = sender.write(head + "{}").answer();
        assertRefused(401, answer);
        assertFalse(answer.contains(guess), answer);
      }
    }
  }

  private static void assertStatus(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  private static void assertRefused(int status, String answer) {
    assertStatus(status, answer);
    assertProblem(answer);
  }

  private static void assertProblem(String answer) {
    assertTrue(answer.contains("\r\nContent-Type: application/problem+json\r\n"), answer);
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertTrue(PROBLEM.matcher(body).matches(), answer);
    assertFalse(answer.contains(Sender.SECRET), answer);
  }
}
