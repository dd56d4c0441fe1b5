package dev.landfall.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.frame.Latencies;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SendersTest {

  private static final String ACCEPTED = "HTTP/1.1 202 Accepted\r\nCONTENT-Length: 2\r\n\r\nok";
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int CONNECTIONS = 3;

  private final EventIds ids = new EventIds(1);

  private static ScriptedServer server(String answer) throws IOException {
    int length =
        "POST /events HTTP/1.1\r\nHost: 127.0.0.1:00000\r\nContent-Type: application/json\r\n"
                .length()
            + "Content-Length: 1024\r\n\r\n".length()
            + ExportEvent.LENGTH;
    return new ScriptedServer(length, answer);
  }

  private Senders senders(URI endpoint) throws IOException {
    return Senders.connect(CONNECTIONS, endpoint, ExportEvent.bytes(), ids);
  }

  @Test
  void eachEventIsSentOnceWithAnIdOfItsOwn() throws Exception {
    try (ScriptedServer server = server(ACCEPTED);
        Senders senders = senders(server.endpoint())) {
      assertEquals(20, senders.post(20, LONG).count());
      Senders.Answered answered = senders.post(30, LONG);
      assertEquals(30, answered.count());
      assertEquals(50, senders.sent());
      assertTrue(answered.perSecond() > 0);
      Latencies latencies = answered.latencies();
      assertTrue(latencies.millis(50) > 0 && latencies.millis(50) <= latencies.millis(99));
      assertEquals(expected(50), new HashSet<>(bodies(server)));
      assertEquals(50, server.requests().size());
    }
  }

  private Set<String> expected(int count) {
    String event = new String(ExportEvent.bytes(), StandardCharsets.US_ASCII);
    return IntStream.range(0, count)
        .mapToObj(number -> event
            .replace(ExportEvent.ID, ids.id(number))
            .replace(
                Long.toString(ExportEvent.CONTROL_NUMBER),
                Long.toString(ExportEvent.CONTROL_NUMBER + number)))
        .collect(Collectors.toSet());
  }

  private static List<String> bodies(ScriptedServer server) {
    return server.requests().stream()
        .map(request -> request.substring(request.indexOf("\r\n\r\n") + 4))
        .toList();
  }

  @Test
  void fewerEventsThanSendersAreEnough() throws Exception {
    try (ScriptedServer server = server(ACCEPTED);
        Senders senders = senders(server.endpoint())) {
      assertEquals(1, senders.post(1, LONG).count());
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void whenTheTimeIsOverNoFurtherEventIsSent() throws Exception {
    try (ScriptedServer server = server(ACCEPTED);
        Senders senders = senders(server.endpoint())) {
      assertEquals(CONNECTIONS, senders.post(1_000_000, Duration.ZERO).count());
    }
  }

  @Test
  void anyOtherAnswerThan202IsNoticed() throws Exception {
    assertFailure("not with 503", "HTTP/1.1 503 Not now\r\nContent-Length: 0\r\n\r\n");
    assertFailure("not with 200", "HTTP/1.1 200 Fine but\r\nContent-Length: 0\r\n\r\n");
  }

  @Test
  void anAnswerOfUnknownLengthIsNoticed() throws Exception {
    assertFailure(
        "tells its length", "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n");
    assertFailure("A number was expected", "HTTP/1.1 202 Accepted\r\nContent-Length: ten\r\n\r\n");
    assertFailure("more bytes", "HTTP/1.1 202 Accepted\r\nContent-Length: 1\r\n\r\nok");
  }

  @Test
  void anAnswerThatDoesNotComeIsNoticed() throws Exception {
    assertFailure("closed before its event was answered", "");
  }

  private void assertFailure(String part, String answer) throws IOException {
    try (ScriptedServer server = server(answer);
        Senders senders = senders(server.endpoint())) {
      IOException failure = assertThrows(IOException.class, () -> senders.post(10, LONG));
      assertTrue(failure.toString().contains(part), failure::toString);
    }
  }
}
