package dev.landfall.ledger.jdbc;

import dev.landfall.ledger.jdbc.Recording.Incoming;
import dev.landfall.spi.Arrival;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells how new landings stand to their streams, with at most one look into an index for each; none
 * where nobody else records and the number is the highest yet.
 */
final class Arrivals {

  /** How many looks go in one statement. */
  private static final int MOST_AT_ONCE = 64;

  /** Of how many streams the highest number is remembered. */
  private static final int MOST_STREAMS = 10_000;

  private final Statements statements;
  private final boolean exclusive;
  /**
   * A number of each stream that none in the ledger is above, so that a higher one need not be
   * looked for. It may be too high, of a landing that was undone or purged; that costs a look.
   */
  private final Map<Long, Long> highest = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
      return size() > MOST_STREAMS;
    }
  };

  Arrivals(Statements statements, Dialect dialect) {
    this.statements = statements;
    this.exclusive = !dialect.isShared();
  }

  /** {@return how each landing stands to those recorded before, and to those before it here} */
  Map<Digest, Arrival> of(Collection<Incoming> landings) throws SQLException {
    Map<Digest, Arrival> standing = new HashMap<>();
    List<Incoming> numbered = new ArrayList<>();
    for (Incoming incoming : landings) {
      if (incoming.stream() == null) {
        standing.put(incoming.digest(), Arrival.IN_ORDER);
      } else {
        numbered.add(incoming);
      }
    }
    Map<Long, TreeSet<Long>> here = new HashMap<>();
    for (int start = 0; start < numbered.size(); start += MOST_AT_ONCE) {
      List<Incoming> some =
          numbered.subList(start, Math.min(numbered.size(), start + MOST_AT_ONCE));
      Map<Digest, Long> next = look(some.stream().filter(it -> !isHighest(it)).toList());
      for (Incoming incoming : some) {
        long number = numberOf(incoming);
        TreeSet<Long> before = here.computeIfAbsent(streamOf(incoming), any -> new TreeSet<>());
        standing.put(
            incoming.digest(),
            arrival(number, next.get(incoming.digest()), before.ceiling(number)));
        before.add(number);
        if (exclusive && !next.containsKey(incoming.digest())) {
          highest.merge(streamOf(incoming), before.last(), Math::max);
        }
      }
    }
    return standing;
  }

  private static Arrival arrival(long number, @Nullable Long... known) {
    Arrival arrival = Arrival.IN_ORDER;
    for (Long next : known) {
      if (next != null && next == number) {
        return Arrival.DOUBLED;
      }
      arrival = next == null ? arrival : Arrival.LATE;
    }
    return arrival;
  }

  private static long streamOf(Incoming incoming) {
    return Objects.requireNonNull(incoming.stream());
  }

  private static long numberOf(Incoming incoming) {
    return Rows.controlNumber(incoming.landing().facts().controlNumber());
  }

  private boolean isHighest(Incoming incoming) {
    Long known = highest.get(streamOf(incoming));
    return known != null && numberOf(incoming) > known;
  }

  /** {@return the next known number at or above that of each landing, for those that have one} */
  private Map<Digest, Long> look(List<Incoming> landings) throws SQLException {
    if (landings.isEmpty()) {
      return Map.of();
    }
    // A power of two, so that few different statements are prepared.
    int looks = landings.size() == 1 ? 1 : Integer.highestOneBit(landings.size() - 1) * 2;
    Union all = new Union();
    for (int i = 0; i < looks; i++) {
      Incoming incoming = landings.get(Math.min(i, landings.size() - 1));
      all.add(
          "SELECT " + i + " AS place, (" + Sql.NEXT_NUMBER + ") AS next_number",
          incoming.stream(),
          numberOf(incoming));
    }
    Map<Digest, Long> next = new HashMap<>();
    for (Look look : statements.list(all.sql(), Look::read, all.values())) {
      if (look.next != null) {
        next.put(landings.get(Math.min(look.place, landings.size() - 1)).digest(), look.next);
      }
    }
    return next;
  }

  private record Look(int place, @Nullable Long next) {
    static Look read(ResultSet row) throws SQLException {
      return new Look(row.getInt("place"), Rows.longOrNull(row, "next_number"));
    }
  }
}
