package dev.landfall.app.demo;

import dev.landfall.Pipeline;
import dev.landfall.PipelineBuilder;
import dev.landfall.download.HostPolicy;
import dev.landfall.emulator.Delivery;
import dev.landfall.emulator.Endpoint;
import dev.landfall.emulator.Export;
import dev.landfall.emulator.FinopsEmulator;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.transport.http.Webhook;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells one story: exports land as files and rows, an event that comes twice lands once, and a link
 * that died before its event came is a dead letter.
 */
public final class Demo {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final @Nullable Path keep;
  private final Story story;
  private final boolean bars;
  private final Clock clock = Clock.systemUTC();

  /**
   * Prepares a demo.
   *
   * @param keep where to leave everything, an empty folder or one to be created; null to remove it
   * @param rows rows of the largest export, at least 0
   * @param customers one more file to export, a Customers V3 file delimited by commas; or null
   * @param bars whether to draw progress bars
   */
  public Demo(@Nullable Path keep, int rows, @Nullable Path customers, boolean bars) {
    this.keep = keep;
    this.story = new Story(rows, customers);
    this.bars = bars;
  }

  /**
   * Runs the demo, in some seconds.
   *
   * @param out a person or a file
   * @return whether everything ended as told
   * @throws IOException if files cannot be written, or {@code keep} is not empty
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean run(PrintStream out) throws IOException, InterruptedException {
    Screen screen = bars ? new BarScreen(out, clock) : new PlainScreen(out);
    try (Workplace place = Workplace.in(keep)) {
      return run(place, screen);
    }
  }

  private boolean run(Workplace place, Screen screen) throws IOException, InterruptedException {
    String secret = UUID.randomUUID().toString();
    Webhook webhook = Webhook.on(0).path("/events").sharedSecret(secret).build();
    JdbcLedger ledger = JdbcLedger.sqlite(place.ledger());
    Watch watch = new Watch(screen, clock);
    try (FinopsEmulator finops = FinopsEmulator.builder().start();
        Pipeline pipeline = pipeline(webhook, ledger, finops, place, watch)) {
      pipeline.start();
      screen.say("An emulated F&O environment at %s posts its events to %s."
          .formatted(finops.address(), webhook.uri()));
      // Raised while no endpoint is there, so that its link dies before its event is delivered.
      Export late = finops.exportOne(story.late());
      finops.activate(Endpoint.at(URI.create(webhook.uri() + "?code=" + secret)));

      screen.say("\nExports run, and land as soon as their events arrive:");
      List<Export> exports = finops.export(story.exports());
      boolean asTold = watch.awaitEnded(exports.size(), PATIENCE);

      screen.say("\nF&O delivers an event a second time:");
      asTold &= accepted(finops.redeliver(exports.get(0).eventId()));
      asTold &= watch.awaitDuplicates(1, PATIENCE);

      screen.say("\nAn event comes late, after its link has died:");
      pauseUntilDead(late);
      asTold &= accepted(finops.redeliver(late.eventId()));
      asTold &= watch.awaitEnded(exports.size() + 1, PATIENCE);

      screen.say("");
      Report.of(place, watch.landed(), ledger.deadLetters(10)).forEach(screen::say);
      if (place.kept()) {
        screen.say("\nEverything is in " + place.folder().toAbsolutePath() + ".");
      } else {
        screen.say("\nAll of it is removed now; ./demo --keep DIR leaves it in DIR for a look.");
      }
      return asTold && watch.landed().size() == exports.size();
    }
  }

  private static boolean accepted(CompletableFuture<List<Delivery>> deliveries) {
    return deliveries.join().stream().allMatch(Delivery::accepted);
  }

  private Pipeline pipeline(
      Webhook webhook, JdbcLedger ledger, FinopsEmulator finops, Workplace place, Watch watch) {
    PipelineBuilder builder = Pipeline.from(webhook)
        .ledger(ledger)
        .hosts(HostPolicy.nothing().trust(finops.address()))
        .spool(place.spool())
        .listener(watch);
    story.routes(place).forEach(builder::route);
    return builder.build();
  }

  private void pauseUntilDead(Export export) throws InterruptedException {
    Duration left = Duration.between(clock.instant(), export.linkExpiry());
    boolean unused = new CountDownLatch(1).await(left.toMillis() + 1, TimeUnit.MILLISECONDS);
  }
}
