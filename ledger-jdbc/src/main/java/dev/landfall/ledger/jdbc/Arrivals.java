package dev.landfall.ledger.jdbc;

import dev.landfall.ledger.jdbc.Recording.Incoming;
import dev.landfall.spi.Arrival;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells how new landings stand to their streams, with one look into an index for each. */
final class Arrivals {

  /** How many looks go in one statement. */
  private static final int MOST_AT_ONCE = 64;

  private final Statements statements;

  Arrivals(Statements statements) {
    this.statements = statements;
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
      List<@Nullable Long> next = nextNumbers(some);
      for (int i = 0; i < some.size(); i++) {
        Incoming incoming = some.get(i);
        long number = Rows.controlNumber(incoming.landing().facts().controlNumber());
        TreeSet<Long> before =
            here.computeIfAbsent(Objects.requireNonNull(incoming.stream()), any -> new TreeSet<>());
        standing.put(incoming.digest(), arrival(number, next.get(i), before.ceiling(number)));
        before.add(number);
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

  /** {@return for each landing the next known number at or above its own, or null} */
  private List<@Nullable Long> nextNumbers(List<Incoming> landings) throws SQLException {
    // A power of two, so that few different statements are prepared.
    int looks = landings.size() == 1 ? 1 : Integer.highestOneBit(landings.size() - 1) * 2;
    Union all = new Union();
    for (int i = 0; i < looks; i++) {
      Incoming incoming = landings.get(Math.min(i, landings.size() - 1));
      all.add(
          "SELECT " + i + " AS place, (" + Sql.NEXT_NUMBER + ") AS next_number",
          incoming.stream(),
          Rows.controlNumber(incoming.landing().facts().controlNumber()));
    }
    @Nullable Long[] next = new @Nullable Long[looks];
    for (Look look : statements.list(all.sql(), Look::read, all.values())) {
      next[look.place] = look.next;
    }
    return Arrays.asList(next).subList(0, landings.size());
  }

  private record Look(int place, @Nullable Long next) {
    static Look read(ResultSet row) throws SQLException {
      return new Look(row.getInt("place"), Rows.longOrNull(row, "next_number"));
    }
  }
}
