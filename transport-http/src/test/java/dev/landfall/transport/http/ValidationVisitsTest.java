package dev.landfall.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How addresses that validations bring are read; a server in this process stands for Event Grid.
 */
@Timeout(60)
class ValidationVisitsTest {

  private static final String QUERY = "?id=0000&t=2030-01-01T00:00:00.0000000Z&token=THE-TOKEN%2f";

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<String> logged = new LinkedBlockingQueue<>();
  private final Logger logger = Logger.getLogger(ValidationVisits.class.getName());
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
  private final HttpServer server;
  private final URI origin;

  ValidationVisitsTest() throws IOException {
    server = HttpServer.create(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 50);
    origin = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @BeforeEach
  void start() {
    logger.addHandler(recorder);
    server.createContext("/", exchange -> {
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      Integer status = statuses.poll();
      if (status == null || status == 0) {
        exchange.close();
        return;
      }
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    logger.removeHandler(recorder);
  }

  private ValidationVisits visits(int tries) {
    return new ValidationVisits(Set.of(origin), Collections.nCopies(tries, Duration.ofMillis(1)));
  }

  private String visited(int tries, Integer... answers) throws InterruptedException {
    statuses.addAll(List.of(answers));
    try (ValidationVisits visits = visits(tries)) {
      URI address = visits.allowed(origin + "/validate" + QUERY).orElseThrow();
      assertTrue(visits.visit("mine", address));
      String last = logged.take();
      while (last.contains("it is tried again")) {
        assertFalse(last.contains("THE-TOKEN"), last);
        last = logged.take();
      }
      assertFalse(last.contains("THE-TOKEN"), last);
      return last;
    }
  }

  @Test
  void theAddressIsReadAsItIs() throws Exception {
    String told = visited(3, 200);
    assertTrue(told.contains("the subscription mine is agreed to"), told);
    assertEquals(List.of("GET /validate" + QUERY), List.copyOf(asked));
  }

  @Test
  void itIsReadAgainUntilItAnswers() throws Exception {
    String told = visited(9, 503, 0, 404, 200, 200);
    assertTrue(told.contains("the subscription mine is agreed to"), told);
    assertEquals(4, asked.size());
  }

  @Test
  void itIsGivenUpInTheEnd() throws Exception {
    String told = visited(3, 500, 500, 500, 200);
    assertTrue(told.contains("create the subscription again"), told);
    assertEquals(3, asked.size());
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    String told = visited(3, 302, 200);
    assertTrue(told.contains("redirects"), told);
    assertEquals(1, asked.size());
  }

  @Test
  void noMoreWaitThanMayWait() {
    try (ValidationVisits visits =
        new ValidationVisits(Set.of(origin), List.of(Duration.ofMinutes(9)))) {
      URI address = visits.allowed(origin + "/x").orElseThrow();
      int taken = 0;
      while (visits.visit("mine", address)) {
        taken++;
      }
      assertEquals(16, taken);
    }
  }

  @Test
  void allTriesLieWithinTheTimeThatEventGridWaits() {
    Duration pauses = ValidationVisits.PAUSES.stream().reduce(Duration.ZERO, Duration::plus);
    Duration answers = Duration.ofSeconds(20).multipliedBy(ValidationVisits.PAUSES.size());
    assertTrue(pauses.plus(answers).compareTo(Duration.ofMinutes(10)) < 0, pauses.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://rp-eastus2.eventgrid.azure.net:553/eventsubscriptions/x/validate?id=0&token=1A",
        "https://rp-eastus2.eventgrid.azure.net/x",
        "https://RP.EventGrid.Azure.US:553/x",
        "https://a.b.eventgrid.azure.cn:443/x"
      })
  void eventGridsOwnAddressesAreAllowed(String address) {
    try (ValidationVisits visits = visits(1)) {
      assertEquals(URI.create(address), visits.allowed(address).orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/validate",
        "not an address",
        "http://rp.eventgrid.azure.net:553/x",
        "https://rp.eventgrid.azure.net:8443/x",
        "https://rp.eventgrid.azure.net:0/x",
        "https://eventgrid.azure.net/x",
        "https://rp.eventgrid.azure.net.example.com/x",
        "https://rp.eventgrid.azure.net./x",
        "https://rp-eventgrid.azure.net/x",
        "https://rp.eventgrid.azure.com/x",
        "https://example.com/rp.eventgrid.azure.net",
        "https://example.com?rp.eventgrid.azure.net",
        "https://example.com#.eventgrid.azure.net",
        "https://rp.eventgrid.azure.net@example.com/x",
        "https://user@rp.eventgrid.azure.net/x",
        "https://rp%2eeventgrid.azure.net/x",
        "https://rp\u3002eventgrid.azure.net/x",
        "https://169.254.169.254/x",
        "https://[::1]:553/x",
        "http://127.0.0.1:1/x",
        "file:///etc/passwd",
        "jar:https://rp.eventgrid.azure.net/x!/y",
        "https:rp.eventgrid.azure.net"
      })
  void nobodyElsesAre(String address) {
    try (ValidationVisits visits = visits(1)) {
      assertTrue(visits.allowed(address).isEmpty(), address);
      assertTrue(
          visits.allowed("https://rp.eventgrid.azure.net/" + "x".repeat(5000)).isEmpty());
    }
  }
}
