package dev.landfall.testkit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.RawEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Arrival;
import dev.landfall.spi.Claim;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.Receiver;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The laws are worth something only if they catch those who break them. */
class PlantedBugsTest {

  private static final Pattern SEED = Pattern.compile("Seed (\\d+) breaks the laws");
  private static final int MOST_RUNS = 500;

  /** Some run breaks just this law, and its seed breaks it again. */
  private static void assertCaught(String law, Simulation simulation) {
    String message = "";
    long seed = 0;
    while (!message.contains(law)) {
      AssertionError caught =
          assertThrows(AssertionError.class, simulation.seed(seed + 1).runs(MOST_RUNS)::run);
      message = String.valueOf(caught.getMessage());
      Matcher named = SEED.matcher(message);
      assertTrue(named.find(), message);
      seed = Long.parseLong(named.group(1));
      assertTrue(seed < MOST_RUNS, message);
    }
    long failing = seed;
    List<String> steps = new ArrayList<>();
    AssertionError again =
        assertThrows(AssertionError.class, () -> simulation.replay(failing, steps::add));
    assertEquals(message, again.getMessage());
    assertTrue(message.contains("After " + steps.size() + " steps"), message);
  }

  private static Simulation withLedger(UnaryOperator<Ledger> bug) {
    return Simulation.of(new ModelSink()).with(new Planted(bug, UnaryOperator.identity()));
  }

  @Test
  void aLedgerThatForgetsWhatItWasAboutToWriteIsCaught() {
    assertCaught("no acknowledged event is lost", withLedger(Lazy::new));
  }

  /** Confirms records at once and writes them with the next claim. */
  private static final class Lazy extends PassingLedger {
    private final List<Landing> unwritten = new ArrayList<>();

    Lazy(Ledger ledger) {
      super(ledger);
    }

    @Override
    public CompletionStage<List<Recorded>> record(List<Landing> landings) {
      List<Landing> fresh = landings.stream()
          .filter(it -> ledger.find(it.id()).isEmpty() && !unwritten.contains(it))
          .toList();
      unwritten.addAll(fresh);
      return CompletableFuture.completedFuture(landings.stream()
          .map(it ->
              new Recorded(it.id(), fresh.contains(it), LandingState.PENDING, Arrival.IN_ORDER))
          .toList());
    }

    @Override
    public List<Claim> claim(int most, Set<String> routes, Instant now, Instant leasedUntil) {
      if (!unwritten.isEmpty()) {
        ledger.record(List.copyOf(unwritten)).toCompletableFuture().join();
        unwritten.clear();
      }
      return super.claim(most, routes, now, leasedUntil);
    }
  }

  @Test
  void aLedgerThatHandsOutALandingTwiceIsCaught() {
    assertCaught(
        "a landing is claimed when it is due and no lease holds",
        withLedger(ledger -> new PassingLedger(ledger) {
          private List<Claim> last = List.of();

          @Override
          public List<Claim> claim(int most, Set<String> routes, Instant now, Instant leasedUntil) {
            List<Claim> claims = super.claim(most, routes, now, leasedUntil);
            List<Claim> all = new ArrayList<>(claims);
            all.addAll(last);
            last = claims;
            return all;
          }
        }));
  }

  @Test
  void aLedgerThatKnowsNoLinesIsCaught() {
    assertCaught(
        "of a line the oldest known is first", withLedger(ledger -> new PassingLedger(ledger) {
          @Override
          public CompletionStage<List<Recorded>> record(List<Landing> landings) {
            return super.record(landings.stream().map(it -> it.inLine(null)).toList());
          }
        }));
  }

  @Test
  void aLedgerThatLosesTheReceiptsOfAFailedAttemptIsCaught() {
    assertCaught("a claim brings all receipts", withLedger(ledger -> new PassingLedger(ledger) {
      @Override
      public boolean settle(Claim claim, Settlement settlement, Instant now) {
        return super.settle(
            claim,
            settlement instanceof Settlement.Retry retry
                ? new Settlement.Retry(Map.of(), retry.failure(), retry.at())
                : settlement,
            now);
      }
    }));
  }

  @Test
  void aLedgerThatKeepsTheLinkOfAStoredLandingIsCaught() {
    assertCaught(
        "a stored landing keeps no signature", withLedger(ledger -> new PassingLedger(ledger) {
          @Override
          public boolean settle(Claim claim, Settlement settlement, Instant now) {
            return super.settle(
                claim,
                settlement instanceof Settlement.Stored stored
                    ? new Settlement.Stored(stored.receipts(), claim.landing().body())
                    : settlement,
                now);
          }
        }));
  }

  @Test
  void aLedgerThatDropsWhatIsNoEventIsCaught() {
    assertCaught(
        "what is no event is kept as it came", withLedger(ledger -> new PassingLedger(ledger) {
          @Override
          public CompletionStage<Void> bury(RawEvent body, dev.landfall.spi.Failure failure) {
            return CompletableFuture.completedFuture(null);
          }
        }));
  }

  @Test
  void aReceiverThatAcknowledgesBeforeTheLedgerHasItIsCaught() {
    UnaryOperator<Receiver> hasty = receiver -> delivery -> {
      CompletionStage<Disposition> unused = receiver.receive(delivery);
      return CompletableFuture.completedFuture(Disposition.accepted());
    };
    assertCaught(
        "no acknowledged event is lost",
        Simulation.of(new ModelSink()).with(new Planted(UnaryOperator.identity(), hasty)));
  }

  /** A sink that keeps lines in memory, in one wrong way or another. */
  private record Wrong(Map<Path, List<String>> storages, Way way) implements SinkUnderTest {

    interface Way {
      Receipt store(ExportedFile file, List<String> stored) throws Exception;
    }

    Wrong(Way way) {
      this(new ConcurrentHashMap<>(), way);
    }

    @Override
    public FileSink open(Path storage) {
      List<String> stored = storages.computeIfAbsent(storage, any -> new ArrayList<>());
      return new FileSink() {
        @Override
        public String name() {
          return "wrong";
        }

        @Override
        public Receipt store(ExportedFile file) throws Exception {
          return way.store(file, stored);
        }
      };
    }

    @Override
    public List<String> stored(Path storage) {
      List<String> stored = storages.remove(storage);
      return stored == null ? List.of() : stored;
    }
  }

  private static void assertSinkIsCaught(String law, Wrong.Way way) {
    assertCaught(law, Simulation.of(new Wrong(way)));
  }

  private static Receipt addMissing(ExportedFile file, List<String> stored) throws IOException {
    List<String> records = ModelSink.records(file);
    if (!stored.containsAll(records)) {
      stored.addAll(records);
    }
    return Receipt.of("there", file);
  }

  @Test
  void aSinkThatAppendsIsCaught() {
    assertSinkIsCaught("nothing is stored twice", (file, stored) -> {
      stored.addAll(ModelSink.records(file));
      return Receipt.of("there", file);
    });
  }

  @Test
  void aSinkThatLosesAFileNowAndThenIsCaught() {
    assertSinkIsCaught(
        "what is acknowledged or has a receipt is stored",
        (file, stored) -> file.event().id().value().endsWith("7")
            ? Receipt.of("there", file)
            : addMissing(file, stored));
  }

  @Test
  void aSinkThatLosesTheLastRecordIsCaught() {
    assertSinkIsCaught("a file is stored whole or not at all", (file, stored) -> {
      Receipt receipt = addMissing(file, stored);
      if (ModelSink.records(file).size() > 2) {
        stored.remove(ModelSink.records(file).get(2));
      }
      return receipt;
    });
  }

  @Test
  void aSinkWhoseReceiptsDifferIsCaught() {
    assertSinkIsCaught("a sink gives an equal receipt for the same event", (file, stored) -> {
      boolean first = !stored.containsAll(ModelSink.records(file));
      addMissing(file, stored);
      return Receipt.of(first ? "new" : "there already", file);
    });
  }

  @Test
  void aSinkThatRefusesWhatItHasIsCaught() {
    assertSinkIsCaught("a landing dies only of what no further try can mend", (file, stored) -> {
      if (stored.containsAll(ModelSink.records(file))) {
        throw SinkException.rejected("It is there already.", null);
      }
      return addMissing(file, stored);
    });
  }

  @Test
  void aSinkThatCannotBeOpenedIsNamedWithItsCause() {
    AssertionError caught = assertThrows(AssertionError.class, Simulation.of(new Broken())::run);
    String message = String.valueOf(caught.getMessage());
    assertTrue(message.contains("a sink can be opened"), message);
    assertTrue(message.contains("no such table"), message);
    assertEquals("no such table", caught.getSuppressed()[0].getMessage());
  }

  private static final class Broken implements SinkUnderTest {
    @Override
    public FileSink open(Path storage) {
      throw new IllegalStateException("no such table");
    }

    @Override
    public List<String> stored(Path storage) {
      return List.of();
    }
  }

  @Test
  void aStorageThatCannotBeReadEndsTheSimulation() {
    SinkUnderTest unreadable = new SinkUnderTest() {
      @Override
      public FileSink open(Path storage) {
        return new ModelSink().open(storage);
      }

      @Override
      public List<String> stored(Path storage) throws IOException {
        throw new IOException("no such table");
      }
    };
    IllegalStateException ended =
        assertThrows(IllegalStateException.class, Simulation.of(unreadable)::run);
    assertTrue(String.valueOf(ended.getMessage()).contains("The run of seed 1 "), ended::toString);
  }
}
