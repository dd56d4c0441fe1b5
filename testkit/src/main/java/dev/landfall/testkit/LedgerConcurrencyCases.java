package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.Claim;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads at once. */
abstract class LedgerConcurrencyCases extends LedgerTextCases {

  private static final int THREADS = 8;
  private static final int LANDINGS = 40;

  @Test
  void ofManyEqualDeliveriesExactlyOneIsNew() throws Exception {
    List<List<Recorded>> answers = AtOnce.on(THREADS, thread -> {
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
    List<List<Claim>> claims = AtOnce.on(THREADS, thread -> {
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
    List<Set<String>> stored = AtOnce.on(THREADS, thread -> {
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
    AtOnce.on(THREADS, thread -> {
      answer(ledger.bury(noise, failure("noise", NOON)));
      return thread;
    });
    assertEquals(1, ledger.deadLetters(10).size());
  }

  @Test
  void neverAreTwoOfALineWorkedOnAtOnce() throws Exception {
    int lines = 5;
    List<Landing> all = new ArrayList<>();
    for (int i = 0; i < lines * LANDINGS; i++) {
      all.add(Landing.first(
              id("event " + i), NOON, facts(NOON.minusSeconds(i), null), body("body " + i))
          .inLine("line " + i % lines));
    }
    recordNew(all.toArray(Landing[]::new));
    Map<String, AtomicInteger> busy = new ConcurrentHashMap<>();
    Map<String, Queue<Instant>> order = new ConcurrentHashMap<>();
    Queue<String> clashes = new ConcurrentLinkedQueue<>();
    AtomicInteger left = new AtomicInteger(all.size());
    AtOnce.on(THREADS, thread -> {
      while (left.get() > 0) {
        for (Claim claim : claim(2, NOON)) {
          String line = String.valueOf(claim.landing().line());
          AtomicInteger working = busy.computeIfAbsent(line, any -> new AtomicInteger());
          order
              .computeIfAbsent(line, any -> new ConcurrentLinkedQueue<>())
              .add(claim.landing().facts().time());
          boolean alone = working.incrementAndGet() == 1;
          boolean ours = ledger.renew(claim, NOON.plus(LEASE));
          working.decrementAndGet();
          boolean ended =
              ledger.settle(claim, left.getAndDecrement() % 3 == 0 ? dead(NOON) : stored(), NOON);
          if (!alone || !ours || !ended) {
            clashes.add(claim.landing().id() + " in " + line);
          }
        }
      }
      return thread;
    });
    assertEquals(List.of(), List.copyOf(clashes));
    assertEquals(lines, order.size());
    order.forEach(
        (line, times) -> assertEquals(times.stream().sorted().toList(), List.copyOf(times), line));
  }

  @Test
  void aLandingIsEitherSettledOrDiscarded() throws Exception {
    recordNew(
        IntStream.range(0, LANDINGS).mapToObj(i -> landing("event " + i)).toArray(Landing[]::new));
    List<Claim> claims = claim(LANDINGS, NOON);
    List<Integer> done = AtOnce.on(THREADS, thread -> {
      int mine = 0;
      for (Claim claim : claims) {
        boolean ended = thread % 2 == 0
            ? ledger.settle(claim, stored(), NOON)
            : ledger.discard(claim.landing().id(), "Not wanted.", BARE, NOON);
        mine += ended ? 1 : 0;
      }
      return mine;
    });
    assertEquals(LANDINGS, done.stream().mapToInt(it -> it).sum());
    assertEquals(0, ledger.backlog().pending());
  }

  @Test
  void ofManyWhoReopenALandingOneDoes() throws Exception {
    recordNew(
        IntStream.range(0, LANDINGS).mapToObj(i -> landing("event " + i)).toArray(Landing[]::new));
    claim(LANDINGS, NOON).forEach(claim -> settle(claim, stored()));
    List<Integer> done = AtOnce.on(THREADS, thread -> {
      int mine = 0;
      for (int i = 0; i < LANDINGS; i++) {
        mine += ledger.reopen(id("event " + i), Set.of(), null, NOON) ? 1 : 0;
      }
      return mine;
    });
    assertEquals(LANDINGS, done.stream().mapToInt(it -> it).sum());
    assertEquals(LANDINGS, claim(2 * LANDINGS, NOON).size());
  }

  @Test
  void whoeverForgetsCountsOnlyItsOwn() throws Exception {
    recordNew(
        IntStream.range(0, LANDINGS).mapToObj(i -> landing("event " + i)).toArray(Landing[]::new));
    claim(LANDINGS, NOON).forEach(claim -> settle(claim, stored()));
    List<Integer> done = AtOnce.on(THREADS, thread -> {
      int mine = 0;
      for (int i = 0; i < LANDINGS; i++) {
        mine += ledger.purge(NOON.plusMillis(1), 3);
      }
      return mine;
    });
    assertEquals(LANDINGS, done.stream().mapToInt(it -> it).sum());
    assertEquals(List.of(), ledger.find(LandingQuery.all(), 10));
  }
}
