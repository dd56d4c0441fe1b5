package dev.landfall;

import dev.landfall.spi.Arrival;
import dev.landfall.spi.Backlog;
import dev.landfall.spi.EventFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is pending on one route of a {@link MemoryLedger}, and the control numbers that are known.
 */
final class MemoryRoute {

  private final TreeSet<MemoryLanding> pending = new TreeSet<>(MemoryLanding.EARLIEST_RECORDED);
  private final TreeSet<MemoryLanding> ready = new TreeSet<>(MemoryLanding.MOST_URGENT);
  private final TreeSet<MemoryLanding> waiting = new TreeSet<>(MemoryLanding.DUE_FIRST);
  private final Map<String, Line> lines = new HashMap<>();
  private final Map<Stream, TreeMap<Long, Integer>> streams = new HashMap<>();

  private record Stream(
      @Nullable String type,
      @Nullable String entity,
      @Nullable String legalEntity) {
    static Stream of(EventFacts facts) {
      return new Stream(facts.type(), facts.entity(), facts.legalEntity());
    }
  }

  /** Puts in a pending landing; one that is claimed has a lease, too. */
  void put(MemoryLanding landing) {
    pending.add(landing);
    String name = landing.line();
    if (name == null) {
      offer(landing);
    } else {
      lines.computeIfAbsent(name, Line::new).put(landing);
    }
  }

  void takeOut(MemoryLanding landing) {
    pending.remove(landing);
    Line line = lineOf(landing);
    if (line == null) {
      withdraw(landing);
    } else {
      line.takeOut(landing);
    }
  }

  private @Nullable Line lineOf(MemoryLanding landing) {
    return landing.line() == null ? null : lines.get(landing.line());
  }

  /** Makes ready what waited until now. */
  void wake(Instant now) {
    while (!waiting.isEmpty() && waiting.first().isDueBy(now)) {
      MemoryLanding landing = waiting.pollFirst();
      ready.add(landing);
      if (landing.isClaimed()) {
        landing.loseItsLease();
        Line line = lineOf(landing);
        if (line != null) {
          line.offerTheOldest();
        }
      }
    }
  }

  /** {@return what is ready and comes first; it stays} */
  Optional<MemoryLanding> mostUrgent() {
    return ready.isEmpty() ? Optional.empty() : Optional.of(ready.first());
  }

  /** {@return what is pending; empty if nothing is} */
  Optional<Backlog.Waiting> backlog() {
    return pending.isEmpty()
        ? Optional.empty()
        : Optional.of(new Backlog.Waiting(pending.size(), pending.first().recordedAt()));
  }

  /** Keeps a new event's control number and tells how it stands to those that are known. */
  Arrival arrival(EventFacts facts) {
    Long number = facts.controlNumber();
    if (number == null) {
      return Arrival.IN_ORDER;
    }
    TreeMap<Long, Integer> known =
        streams.computeIfAbsent(Stream.of(facts), any -> new TreeMap<>());
    if (known.merge(number, 1, Integer::sum) > 1) {
      return Arrival.DOUBLED;
    }
    return known.lastKey().equals(number) ? Arrival.IN_ORDER : Arrival.LATE;
  }

  /** Forgets the control number of one event. */
  void forget(EventFacts facts) {
    Long number = facts.controlNumber();
    Stream stream = Stream.of(facts);
    TreeMap<Long, Integer> known = streams.get(stream);
    if (number == null || known == null) {
      return;
    }
    if (known.merge(number, -1, Integer::sum) == 0) {
      known.remove(number);
    }
    if (known.isEmpty()) {
      streams.remove(stream);
    }
  }

  private void offer(MemoryLanding landing) {
    (landing.isDueAtOnce() ? ready : waiting).add(landing);
  }

  private void withdraw(MemoryLanding landing) {
    if (!waiting.remove(landing)) {
      ready.remove(landing);
    }
  }

  /** Landings that go one at a time; of them only the front is ready or waits for its time. */
  private final class Line {

    private final String name;
    private final TreeSet<MemoryLanding> all = new TreeSet<>(MemoryLanding.OLDEST_EVENT);
    private @Nullable MemoryLanding front;
    private @Nullable MemoryLanding claimed;

    Line(String name) {
      this.name = name;
    }

    void put(MemoryLanding landing) {
      all.add(landing);
      if (landing.isClaimed()) {
        if (claimed != null && claimed != landing) {
          // Its lease ran out and its place is taken; two at a time would be worked on otherwise.
          claimed.loseItsClaim();
        }
        claimed = landing;
        bringToFront(landing);
      } else if (front == null || !front.isLeased()) {
        offerTheOldest();
      }
    }

    void takeOut(MemoryLanding landing) {
      all.remove(landing);
      if (landing == front) {
        withdraw(landing);
        front = null;
      }
      if (all.isEmpty()) {
        lines.remove(name);
      } else if (front == null) {
        offerTheOldest();
      }
    }

    void offerTheOldest() {
      bringToFront(all.first());
    }

    private void bringToFront(MemoryLanding landing) {
      if (landing != front) {
        if (front != null) {
          withdraw(front);
        }
        front = landing;
        offer(landing);
      }
    }
  }
}
