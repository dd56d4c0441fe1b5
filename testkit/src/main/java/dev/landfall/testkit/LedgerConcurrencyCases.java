package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.Claim;
import dev.landfall.spi.Landing;
import dev.landfall.spi.Recorded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads at once. */
abstract class LedgerConcurrencyCases extends LedgerClaimCases {

  private static final int THREADS = 8;
  private static final int LANDINGS = 40;

  @Test
  void ofManyEqualDeliveriesExactlyOneIsNew() throws Exception {
    List<List<Recorded>> answers = atOnce(thread -> {
      List<CompletableFuture<List<Recorded>>> stages = new ArrayList<>();
      for (int i = 0; i < LANDINGS; i++) {
        // Half of the threads go through the same events the other way round.
        int event = thread % 2 == 0 ? i : LANDINGS - 1 - i;
        stages.add(ledger.record(List.of(landing("event " + event))).toCompletableFuture());
      }
      List<Recorded> recorded = new ArrayList<>();
      for (CompletableFuture<List<Recorded>> stage : stages) {
        recorded.addAll(answer(stage));
      }
      return recorded;
    });
    List<Recorded> all = answers.stream().flatMap(List::stream).toList();
    assertEquals(THREADS * LANDINGS, all.size());
    List<Recorded> fresh = all.stream().filter(Recorded::isNew).toList();
    assertEquals(LANDINGS, fresh.size());
    assertEquals(LANDINGS, fresh.stream().map(Recorded::id).distinct().count());
  }

  @Test
  void nobodyGetsALandingThatAnotherHas() throws Exception {
    int many = 10 * LANDINGS;
    recordNew(
        IntStream.range(0, many).mapToObj(i -> landing("event " + i)).toArray(Landing[]::new));
    List<List<Claim>> claims = atOnce(thread -> {
      List<Claim> mine = new ArrayList<>();
      List<Claim> next = claim(2, NOON);
      while (!next.isEmpty()) {
        mine.addAll(next);
        next = claim(2, NOON);
      }
      return mine;
    });
    List<Claim> all = claims.stream().flatMap(List::stream).toList();
    assertEquals(many, all.size());
    assertEquals(many, all.stream().map(it -> it.landing().id()).distinct().count());
  }

  @Test
  void intakeWorkAndOutcomesMix() throws Exception {
    List<Set<String>> stored = atOnce(thread -> {
      Set<String> done = new HashSet<>();
      for (int i = 0; i < LANDINGS; i++) {
        answer(ledger.record(List.of(landing(thread + "/" + i))));
        for (Claim claim : claim(2, NOON)) {
          assertTrue(ledger.renew(claim, NOON.plus(LEASE)));
          settle(claim, stored());
          done.add(claim.landing().id().event().value());
        }
      }
      return done;
    });
    assertEquals(THREADS * LANDINGS, stored.stream().mapToInt(Set::size).sum());
    Set<String> all = new HashSet<>();
    stored.forEach(all::addAll);
    assertEquals(THREADS * LANDINGS, all.size());
  }

  @Test
  void ofManyEqualDeliveriesThatAreNoEventsOneIsKept() throws Exception {
    RawEvent noise = body("noise");
    atOnce(thread -> {
      answer(ledger.bury(noise, failure("noise", NOON)));
      return thread;
    });
    assertEquals(1, ledger.deadLetters(10).size());
  }

  private interface Work<T> {
    T on(int thread) throws Exception;
  }

  private static <T> List<T> atOnce(Work<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        tasks.add(() -> {
          start.await(30, TimeUnit.SECONDS);
          return work.on(thread);
        });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
