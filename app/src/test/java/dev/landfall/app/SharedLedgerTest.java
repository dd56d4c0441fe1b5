package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.Pipeline;
import dev.landfall.emulator.Endpoint;
import dev.landfall.transport.http.Webhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several instances on one PostgreSQL, of which some die, and which stops for a while itself. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SharedLedgerTest {

  /** Longer than leases, and than the driver's patience. */
  private static final Duration OUTAGE = Duration.ofSeconds(12);

  @TempDir
  Path folder;

  private Postgres postgres;

  @BeforeEach
  void startServer() throws Exception {
    postgres = Postgres.start(folder.resolve("postgres"));
  }

  @AfterEach
  void stopServer() throws Exception {
    postgres.close();
  }

  @Test
  void twoInstancesShareTheWorkAndOneTakesOverFromTheOther() throws Exception {
    shareAndTakeOver(2);
  }

  @Test
  void fourInstancesShareTheWorkAndThreeTakeOverFromTheFourth() throws Exception {
    shareAndTakeOver(4);
  }

  private void shareAndTakeOver(int count) throws Exception {
    try (Town town = new Town(folder, postgres.url())) {
      List<Instance> working = new ArrayList<>();
      for (int i = 1; i < count; i++) {
        working.add(town.start("working-" + i, "working"));
      }
      Instance stuck = town.start("stuck", "stuck");
      town.load();
      town.awaitAcknowledged(200);
      town.unload();
      // It holds as many landings as it may, and none of them ends.
      town.kill(stuck);
      Instant killed = Instant.now();
      town.requireEachLandedOnce();
      Duration took = Duration.between(killed, Instant.now());
      assertTrue(took.compareTo(House.LEASE.multipliedBy(3)) < 0, "taken over after " + took);
      for (Instance instance : working) {
        assertTrue(!instance.landed().isEmpty(), "one instance did nothing");
      }
      assertEquals(0, stuck.landed().size());
    }
  }

  @Test
  void aServerThatStopsForAWhileCostsNothing() throws Exception {
    House house = new House(folder, "one", postgres.url());
    Webhook webhook = house.webhook();
    try (Town town = new Town(folder, postgres.url());
        Pipeline pipeline =
            house.pipeline(webhook, house.ledger(), town.address(), new Ends(), sink -> sink)) {
      pipeline.start();
      URI address = URI.create(webhook.uri() + "?code=" + House.SECRET);
      town.attach(Endpoint.at(address));
      town.load();
      town.awaitAcknowledged(50);
      postgres.stop();
      Instant stopped = Instant.now();
      HttpResponse<Void> told = tell(address);
      while (told.statusCode() == 202) {
        told = tell(address);
      }
      assertEquals(503, told.statusCode());
      assertTrue(told.headers().firstValue("Retry-After").isPresent());
      Town.await(() -> Instant.now().isAfter(stopped.plus(OUTAGE)), "the end of the outage");
      postgres.startAgain();
      int before = town.acknowledged();
      town.awaitAcknowledged(before + 50);
      town.unload();
      town.requireEachLandedOnce();
    }
  }

  /** An event that no route wants costs the ledger nothing, so this one has to be wanted. */
  private static HttpResponse<Void> tell(URI address) throws Exception {
    String event = """
        {"BusinessEventId":"NAVAXDMFExportBusinessEvent","EventId":"%s","EntityName":"Customers",
         "EventTime":"/Date(1893456300000)/","LegalEntity":"usmf","DownloadURL":""}
        """.formatted(UUID.randomUUID());
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build(),
            HttpResponse.BodyHandlers.discarding());
  }
}
