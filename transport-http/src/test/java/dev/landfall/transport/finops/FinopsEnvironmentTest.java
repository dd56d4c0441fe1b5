package dev.landfall.transport.finops;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import dev.landfall.file.FetchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is asked, and what is told of the token. */
@Timeout(60)
class FinopsEnvironmentTest {

  private final PackageApi here = new PackageApi(call -> PackageApi.Answer.ok("{}"));
  private final PackageApi elsewhere = new PackageApi(call -> PackageApi.Answer.ok("{}"));
  private final Taker taker = new Taker();

  FinopsEnvironmentTest() throws IOException {}

  @AfterEach
  void close() {
    here.close();
    elsewhere.close();
  }

  private FinopsEnvironment environment(String path) {
    return FinopsEnvironment.at(URI.create(here.address() + path), () -> "token");
  }

  /** A link to the environment whose path looks like another host. */
  private String misleading() {
    return here.address() + "//" + elsewhere.address().getAuthority()
        + "/api/connector/download/stolen?q=1";
  }

  @Test
  void aPathThatLooksLikeAnotherHostTakesNoTokenThere() {
    BusinessEvent event = BusinessEvent.of(Payload.of(Map.of(
        "EventId", "e-1",
        "EventTimeIso8601", "2030-01-01T00:00:00Z",
        "DownloadLocation", misleading())));
    FinopsEnvironment environment = environment("");
    assertEquals(misleading(), DequeuedFileLocator.of(environment).locate(event).url());
    environment.digest(misleading());
    assertTrue(elsewhere.calls().isEmpty());
    assertEquals(1, here.calls().size());
  }

  @Test
  void aNextPageThatLooksLikeAnotherHostTakesNoTokenThere() {
    sweep("", misleading());
    assertTrue(elsewhere.calls().isEmpty());
  }

  @Test
  void aNextPageOfAnEnvironmentOnPremisesIsAskedForWhereItIs() {
    String next = "/namespaces/AXSF/data/Jobs?$skiptoken=1";
    sweep("/namespaces/AXSF", here.address() + next);
    assertEquals("GET " + next, List.copyOf(here.calls()).get(1).line());
  }

  private void sweep(String path, String nextLink) {
    here.answers(200, "{\"value\":[],\"@odata.nextLink\":\"%s\"}".formatted(nextLink));
    try (PackageExports source = PackageExports.of(environment(path), "Nightly")
        .listedIn(ListedExecutions.in("Jobs").sweptEvery(Duration.ofDays(1)))
        .build()) {
      source.start(taker);
      Taker.await(() -> here.calls().size() + elsewhere.calls().size() >= 2);
    }
  }

  @Test
  void anAnswerWithoutAnEndIsGivenUp() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      FinopsEnvironment environment = FinopsEnvironment.at(
          URI.create("http://127.0.0.1:" + server.getLocalPort()), () -> "token");
      Thread asking = new Thread(
          () -> assertThrows(
              FetchException.class,
              () -> environment.post("A page", "/data", new byte[0], Duration.ofMillis(500), 10)),
          "asking");
      asking.start();
      try (Socket client = server.accept()) {
        client
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".getBytes(US_ASCII));
        asking.join(10_000);
        assertEquals(Thread.State.TERMINATED, asking.getState());
      }
    }
  }

  @Test
  void aTokenThatNoHeaderCanHoldIsNotQuoted() {
    FinopsEnvironment environment = FinopsEnvironment.at(here.address(), () -> "s3cret\n");
    FetchException refused =
        assertThrows(FetchException.class, () -> environment.get("A page", "/data", 10));
    assertTrue(refused.retryable());
    assertFalse(String.valueOf(refused.getMessage()).contains("s3cret"));
    assertEquals(null, refused.getCause());
    assertTrue(here.calls().isEmpty());
  }
}
