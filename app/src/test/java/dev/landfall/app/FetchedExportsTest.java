package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.FolderSink;
import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.contract.DataExport;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.emulator.DataProject;
import dev.landfall.emulator.Endpoint;
import dev.landfall.emulator.Export;
import dev.landfall.emulator.FinopsEmulator;
import dev.landfall.emulator.RecurringExport;
import dev.landfall.emulator.api.ApiCall;
import dev.landfall.emulator.api.ApiFault;
import dev.landfall.emulator.api.PackageBehaviour;
import dev.landfall.emulator.data.Entities;
import dev.landfall.event.EventFilters;
import dev.landfall.event.Reason;
import dev.landfall.file.Sha256;
import dev.landfall.format.PackageEntities;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.EventSource;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Settlement;
import dev.landfall.transport.finops.DequeuedFileLocator;
import dev.landfall.transport.finops.FinopsEnvironment;
import dev.landfall.transport.finops.PackageExports;
import dev.landfall.transport.finops.PackageLinkLocator;
import dev.landfall.transport.finops.RecurringExports;
import dev.landfall.transport.finops.RecurringExportsBuilder;
import dev.landfall.transport.http.Webhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One route in front of which exports come by event, out of a queue of F&O, and as packages. */
@Timeout(60)
class FetchedExportsTest {

  private static final String CUSTOMERS_LABEL = "Customers V3";
  private static final String SECRET = "a-secret-of-the-sender";
  private static final DataProject CUSTOMERS =
      DataProject.named("Nightly customers").legalEntity("usmf").entity(Entities.customersV3(), 40);

  @TempDir
  Path folder;

  private final FinopsEmulator finops = FinopsEmulator.builder()
      .redeliverAfter(Duration.ofMillis(300))
      .retryPause(Duration.ofMillis(5))
      .start();
  private final FinopsEnvironment environment =
      FinopsEnvironment.at(finops.environment(), () -> "token");
  private final RecurringExport recurring = finops.recurring(CUSTOMERS);
  private final Webhook webhook = Webhook.on(0).sharedSecret(SECRET).build();
  private final Ends ends = new Ends();
  private JdbcLedger ledger;

  @BeforeEach
  void open() {
    ledger = JdbcLedger.sqlite(folder.resolve("ledger.db"));
  }

  @AfterEach
  void stop() {
    finops.close();
  }

  private FileSink files() {
    return FolderSink.at(folder.resolve("exports")).key("{eventId}.{format}");
  }

  private Pipeline pipeline(FileSink sink, EventSource first, EventSource... more) {
    var building = Pipeline.from(first);
    for (EventSource source : more) {
      building.from(source);
    }
    return building
        .route(Route.named("customers")
            .when(DataExport.events())
            .fetch(PayloadUrlLocator.field("DownloadURL")
                .or(DequeuedFileLocator.of(environment))
                .or(PackageLinkLocator.of(environment)))
            .store(sink))
        .hosts(HostPolicy.nothing().trust(finops.environment()))
        .spool(folder.resolve("spool"))
        .ledger(ledger)
        .listener(ends)
        .build();
  }

  private RecurringExportsBuilder recurring() {
    return sourceOf(recurring);
  }

  private RecurringExportsBuilder sourceOf(RecurringExport job) {
    return RecurringExports.of(environment, job.activityId())
        .entity(CUSTOMERS_LABEL)
        .legalEntity("usmf")
        .fileName("customers.csv")
        .interval(Duration.ofMillis(10), Duration.ofMillis(50));
  }

  private void activate() {
    assertTrue(finops
        .activate(Endpoint.at(URI.create(webhook.uri() + "?code=" + SECRET)))
        .accepted());
  }

  private List<Sha256> stored() throws IOException {
    if (!Files.exists(folder.resolve("exports"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder.resolve("exports"))) {
      return files.filter(Files::isRegularFile).map(FetchedExportsTest::digest).toList();
    }
  }

  private static Sha256 digest(Path file) {
    try {
      return Sha256.ofFile(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("It has not come within 30 s.");
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void aFileOutOfTheQueueLandsOnceHoweverOftenItsAcknowledgementIsLost() throws Exception {
    finops.fault(ApiCall.ACKNOWLEDGE, ApiFault.status(500));
    finops.fault(ApiCall.ACKNOWLEDGE, ApiFault.cut());
    finops.fault(ApiCall.DOWNLOAD, ApiFault.status(502));
    try (Pipeline pipeline = pipeline(files(), recurring().build())) {
      pipeline.start();
      Export export = recurring.run();
      await(() -> recurring.acknowledged() == 1);
      assertEquals(List.of(new Sha256(export.sha256())), stored());
      LandingReport landed = ledger.find(LandingQuery.all(), 10).get(0);
      assertEquals(LandingState.STORED, landed.state());
      String body = new String(landed.landing().body().toByteArray(), StandardCharsets.UTF_8);
      assertTrue(
          body.contains("\"%s\":\"%s\"".formatted(Settlement.Stored.DIGEST, export.sha256())),
          body);
      assertEquals(1, ledger.find(LandingQuery.all(), 10).size());
    }
  }

  @Test
  void aMessageStaysInTheQueueAsLongAsItsSinkCannotStore() throws Exception {
    Path exports = Files.writeString(folder.resolve("exports"), "A file is in the way.");
    try (Pipeline pipeline = pipeline(files(), recurring().build())) {
      pipeline.start();
      recurring.run();
      await(() -> recurring.dequeued() >= 2);
      assertEquals(0, recurring.acknowledged());
      Files.delete(exports);
      await(() -> recurring.acknowledged() == 1);
      assertEquals(1, stored().size());
    }
  }

  @Test
  void aMessageThatNoRouteTakesStaysInTheQueue() throws Exception {
    RecurringExports unwanted = RecurringExports.of(environment, recurring.activityId())
        .entity("Vendors")
        .interval(Duration.ofMillis(10), Duration.ofMillis(50))
        .build();
    Route customers = Route.named("customers")
        .when(EventFilters.entity(CUSTOMERS_LABEL))
        .fetch(DequeuedFileLocator.of(environment))
        .store(files());
    try (Pipeline pipeline = Pipeline.from(unwanted)
        .route(customers)
        .spool(folder.resolve("spool"))
        .ledger(ledger)
        .build()) {
      pipeline.start();
      recurring.run();
      await(() -> recurring.dequeued() >= 2);
      assertEquals(0, recurring.acknowledged());
    }
  }

  @Test
  void theEntitiesOfAPackageLandAsTheirOwnFiles() throws Exception {
    DataProject project = DataProject.named("Two")
        .legalEntity("usmf")
        .entity(Entities.customersV3(), 20)
        .file("Customer groups", Files.writeString(folder.resolve("g.csv"), "ID\r\n10\r\n"), 1);
    finops.project(project);
    finops.packages(PackageBehaviour.usual().notFoundFor(1).executingFor(2).urlEmptyFor(1));
    PackageExports packages = PackageExports.of(environment, "Two")
        .legalEntity("usmf")
        .interval(Duration.ofMillis(10), Duration.ofMillis(50))
        .build();
    FileSink entities = PackageEntities.into(
        FolderSink.at(folder.resolve("exports")).key("{entity}/{eventId}.{format}"));
    try (Pipeline pipeline = pipeline(entities, packages)) {
      pipeline.start();
      packages.request();
      ends.await(1);
      List<Sha256> stored = stored();
      assertEquals(2, stored.size());
      assertTrue(stored.contains(digest(folder.resolve("g.csv"))));
      assertEquals(List.of(), ledger.deadLetters(10));
    }
  }

  @Test
  void anExecutionThatFailsIsADeadLetterWithFinopsOwnErrors() throws Exception {
    finops.project(CUSTOMERS);
    finops.packages(PackageBehaviour.usual()
        .endingAs("Failed")
        .withErrors("[{\"ErrorMessage\":\"Record never selected\"}]"));
    PackageExports packages = PackageExports.of(environment, "Nightly customers")
        .interval(Duration.ofMillis(10), Duration.ofMillis(50))
        .build();
    try (Pipeline pipeline = pipeline(files(), packages)) {
      pipeline.start();
      packages.request();
      ends.await(1);
      DeadLetter letter = ledger.deadLetters(10).get(0);
      assertEquals(Reason.EXPORT_FAILED, letter.failure().reason());
      assertTrue(letter.failure().message().contains("Record never selected"));
    }
  }

  @Test
  void aSweepLandsOnlyWhatNeverArrivedAsAnEvent() throws Exception {
    RecurringExport other = finops.recurring(CUSTOMERS.seed(7));
    try (Pipeline pipeline = pipeline(
        files(),
        webhook,
        recurring().reconciling(ledger).build(),
        sourceOf(other).reconciling(ledger).build())) {
      pipeline.start();
      activate();
      Export announced = recurring.runWithEvent();
      Export missed = other.run();
      await(() -> recurring.acknowledged() == 1 && other.acknowledged() == 1);
      assertEquals(
          Set.of(new Sha256(announced.sha256()), new Sha256(missed.sha256())),
          Set.copyOf(stored()));
      assertEquals(2, stored().size());
    }
  }

  @Test
  void aSweepKnowsAFileByItsDigestWhereTheBlobsAreCalledOtherwise() throws Exception {
    Path given = Files.writeString(folder.resolve("g.csv"), "ID\r\n10\r\n");
    DataProject groups =
        DataProject.named("Groups").legalEntity("usmf").file(CUSTOMERS_LABEL, given, 1);
    RecurringExport queue = finops.recurring(groups);
    RecurringExports sweep = sourceOf(queue).reconciling(ledger).build();
    try (Pipeline pipeline = pipeline(files(), webhook, sweep)) {
      pipeline.start();
      activate();
      finops.export(groups);
      ends.await(1);
      queue.run();
      await(() -> queue.acknowledged() == 1);
      assertEquals(1, stored().size());
      assertEquals(1, ledger.find(LandingQuery.all(), 10).size());
    }
  }
}
