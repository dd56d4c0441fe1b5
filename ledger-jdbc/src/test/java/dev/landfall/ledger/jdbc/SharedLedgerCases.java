package dev.landfall.ledger.jdbc;

import static dev.landfall.ledger.jdbc.Samples.NOON;
import static dev.landfall.ledger.jdbc.Samples.ROUTES;
import static dev.landfall.ledger.jdbc.Samples.answer;
import static dev.landfall.ledger.jdbc.Samples.claim;
import static dev.landfall.ledger.jdbc.Samples.execute;
import static dev.landfall.ledger.jdbc.Samples.landing;
import static dev.landfall.ledger.jdbc.Samples.record;
import static dev.landfall.ledger.jdbc.Samples.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.spi.Claim;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several instances on one server at once. */
abstract class SharedLedgerCases {

  private static final int INSTANCES = 3;
  private static final int THREADS = 6;

  private final List<JdbcLedger> ledgers = new ArrayList<>();

  abstract TestServer server();

  @BeforeEach
  void open() {
    for (int i = 0; i < INSTANCES; i++) {
      ledgers.add(JdbcLedger.on(server().dataSource()));
    }
  }

  @AfterEach
  void close() {
    ledgers.forEach(JdbcLedger::close);
  }

  @Test
  void equalEventsOfAllInstancesAreOneLandingEach() throws Exception {
    int events = 200;
    List<List<Recorded>> answers = atOnce((ledger, thread) -> {
      List<CompletionStage<List<Recorded>>> stages = new ArrayList<>();
      for (int i = 0; i < events; i++) {
        int event = thread % 2 == 0 ? i : events - 1 - i;
        // Half of them in a line, so that they create it at once, too.
        String line = event % 2 == 0 ? null : "line " + event % 10;
        stages.add(ledger.record(List.of(landing("event " + event).inLine(line))));
      }
      List<Recorded> recorded = new ArrayList<>();
      for (CompletionStage<List<Recorded>> stage : stages) {
        recorded.addAll(answer(stage));
      }
      return recorded;
    });
    List<Recorded> all = answers.stream().flatMap(List::stream).toList();
    assertEquals(THREADS * events, all.size());
    assertEquals(events, all.stream().filter(Recorded::isNew).count());
    assertEquals(events, ledgers.get(0).find(LandingQuery.all(), 10_000).size());
  }

  @Test
  void noLandingIsClaimedTwice() throws Exception {
    int many = 400;
    record(
        ledgers.get(0),
        IntStream.range(0, many).mapToObj(i -> landing("event " + i)).toArray(Landing[]::new));
    List<List<Claim>> claims = atOnce((ledger, thread) -> {
      List<Claim> mine = new ArrayList<>();
      for (int idle = 0; idle < 20; ) {
        List<Claim> next = claim(ledger, 3);
        // What others have locked at this moment is passed over; it may be free the next time.
        idle = next.isEmpty() ? idle + 1 : 0;
        mine.addAll(next);
      }
      return mine;
    });
    List<Claim> all = claims.stream().flatMap(List::stream).toList();
    assertEquals(many, all.size());
    assertEquals(many, all.stream().map(it -> it.landing().id()).distinct().count());
    assertTrue(claims.stream().filter(mine -> !mine.isEmpty()).count() > 1, "all got their share");
  }

  @Test
  void ofALineOneAtATimeIsWorkedOnWhateverInstancesDo() throws Exception {
    int lines = 4;
    int each = 30;
    Map<String, Claim> inWork = new ConcurrentHashMap<>();
    atOnce((ledger, thread) -> {
      Random random = new Random(thread);
      for (int i = 0; i < lines * each; i++) {
        if (i % THREADS == thread) {
          record(ledger, landing("event " + i).inLine("line " + i % lines));
        }
        workOn(ledger, inWork, random);
      }
      return thread;
    });
    while (!ledgers.get(0).backlog().routes().isEmpty()) {
      workOn(ledgers.get(0), inWork, new Random(1));
    }
    assertEquals(
        lines * each,
        ledgers.get(0).find(LandingQuery.all().in(LandingState.STORED), 10_000).size());
  }

  private static void workOn(JdbcLedger ledger, Map<String, Claim> inWork, Random random) {
    for (Claim claim : claim(ledger, 2)) {
      String line = String.valueOf(claim.landing().line());
      assertNull(inWork.put(line, claim), "two of " + line + " at once");
      assertTrue(ledger.renew(claim, NOON.plusSeconds(90)));
      inWork.remove(line);
      Settlement settlement = switch (random.nextInt(4)) {
        case 0 -> new Settlement.Released(Map.of());
        case 1 ->
          new Settlement.Retry(Map.of(), new Failure(Reason.SINK_UNAVAILABLE, "down", NOON), NOON);
        default -> stored();
      };
      assertTrue(ledger.settle(claim, settlement, NOON));
    }
  }

  @Test
  void whatADeadInstanceHadIsTakenOverWhenItsLeaseIsOver() throws Exception {
    record(ledgers.get(0), landing("a"));
    Claim lost = claim(ledgers.get(0), 1).get(0);
    ledgers.get(0).close();
    Instant leaseEnd = NOON.plusSeconds(60);
    JdbcLedger other = ledgers.get(1);
    assertEquals(List.of(), other.claim(1, ROUTES, leaseEnd.minusMillis(1), leaseEnd));
    Claim taken = other.claim(1, ROUTES, leaseEnd, leaseEnd.plusSeconds(60)).get(0);
    assertEquals(2, taken.landing().attempts());
    assertFalse(ledgers.get(2).settle(lost, stored(), leaseEnd));
    assertTrue(ledgers.get(2).settle(taken, stored(), leaseEnd), "by any instance that has it");
  }

  @Test
  void whatAnotherHasLockedIsPassedOver() throws Exception {
    record(ledgers.get(0), landing("a"), landing("b"));
    try (Connection other = transaction()) {
      execute(other, "UPDATE landfall_landing SET attempts = 0 WHERE event = 'a'");
      assertEquals("b", claim(ledgers.get(0), 1).get(0).landing().id().event().value());
      other.rollback();
    }
    assertEquals("a", claim(ledgers.get(0), 1).get(0).landing().id().event().value());
  }

  @Test
  void aDeadlockIsNoHarm() throws Exception {
    JdbcLedger ledger = ledgers.get(0);
    record(ledger, landing("a").inLine("1"), landing("b").inLine("2"));
    List<Digest> inOrder =
        List.of(Digest.ofLine("orders", "1"), Digest.ofLine("orders", "2")).stream()
            .sorted()
            .toList();
    try (Connection other = transaction()) {
      Statements statements = new Statements(other);
      String rename = "UPDATE landfall_line SET name = name WHERE digest = ?";
      statements.update(rename, inOrder.get(1));
      CompletableFuture<List<Recorded>> waiting = ledger
          .record(List.of(landing("c").inLine("1"), landing("d").inLine("2")))
          .toCompletableFuture();
      // Has locked the one line by now, or soon, and waits for the other.
      assertFalse(isDoneAfterAMoment(waiting));
      try {
        statements.update(rename, inOrder.get(0));
      } catch (SQLException gaveWay) {
        // One of the two is chosen to, and the ledger does it without a word.
        assertTrue(server().dialect().mayBeRepeated(gaveWay), gaveWay.toString());
      }
      other.rollback();
      assertTrue(answer(waiting).stream().allMatch(Recorded::isNew));
    }
  }

  private static boolean isDoneAfterAMoment(CompletableFuture<?> call) throws Exception {
    try {
      call.get(300, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException waiting) {
      return false;
    }
  }

  @Test
  void aCallThatFailsDoesNotSinkItsNeighbours() throws Exception {
    JdbcLedger ledger = ledgers.get(0);
    record(ledger, landing("first"));
    Landing tooFar =
        Landing.first(Samples.id("too far"), Instant.MAX, Samples.FACTS, Samples.bytes(""));
    List<CompletionStage<List<Recorded>>> good = new ArrayList<>();
    List<CompletionStage<List<Recorded>>> bad = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      good.add(ledger.record(List.of(landing("good " + i))));
      bad.add(ledger.record(List.of(landing("half done " + i), tooFar)));
    }
    for (CompletionStage<List<Recorded>> stage : good) {
      assertTrue(answer(stage).get(0).isNew());
    }
    for (CompletionStage<List<Recorded>> stage : bad) {
      assertTrue(stage
          .handle((answer, failure) -> failure != null)
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS));
    }
    assertTrue(record(ledger, landing("half done 7")).get(0).isNew(), "nothing of it was written");
  }

  private Connection transaction() throws Exception {
    Connection connection = server().dataSource().getConnection();
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.setAutoCommit(false);
    return connection;
  }

  private interface Work<T> {
    T on(JdbcLedger ledger, int thread) throws Exception;
  }

  private <T> List<T> atOnce(Work<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        tasks.add(() -> work.on(ledgers.get(thread % INSTANCES), thread));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
