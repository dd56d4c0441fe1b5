package dev.landfall.ledger.jdbc;

import dev.landfall.file.Receipt;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the sinks that have a landing's file answered. */
final class Receipts {

  private final Statements statements;

  Receipts(Statements statements) {
    this.statements = statements;
  }

  /**
   * Adds receipts to those that a landing has, and replaces those of equal name.
   *
   * @param landing its number
   * @param known what it has
   * @param more what is added
   */
  void put(long landing, Map<String, Receipt> known, Map<String, Receipt> more)
      throws SQLException {
    List<@Nullable Object[]> added = new ArrayList<>();
    List<@Nullable Object[]> replaced = new ArrayList<>();
    byName(more).forEach((sink, receipt) -> {
      Receipt old = known.get(sink);
      if (!receipt.equals(old)) {
        (old == null ? added : replaced).add(new @Nullable Object[] {
          receipt.location(),
          receipt.length(),
          receipt.recordCount(),
          sink,
          landing,
          Digest.ofSink(sink)
        });
      }
    });
    statements.batch(Sql.REPLACE_RECEIPT, replaced);
    statements.batch(Sql.INSERT_RECEIPT, added);
  }

  /** {@return how many there are in all} */
  static int count(Map<String, Receipt> known, Map<String, Receipt> more) {
    Set<String> names = new HashSet<>(known.keySet());
    names.addAll(byName(more).keySet());
    return names.size();
  }

  /** {@return receipts by the names of their sinks as they are kept} */
  private static Map<String, Receipt> byName(Map<String, Receipt> receipts) {
    Map<String, Receipt> kept = new HashMap<>();
    receipts.forEach((sink, receipt) -> kept.put(Statements.storable(sink), receipt));
    return kept;
  }

  /** {@return the receipts of landings by their numbers; nothing for those that have none} */
  Map<Long, Map<String, Receipt>> of(List<Long> landings) throws SQLException {
    Map<Long, Map<String, Receipt>> found = new HashMap<>();
    statements.listIn(
        Sql.FIND_RECEIPTS,
        row -> found
            .computeIfAbsent(row.getLong("landing"), any -> new HashMap<>())
            .put(
                row.getString("sink"),
                new Receipt(
                    row.getString("location"),
                    row.getLong("byte_count"),
                    Rows.longOrNull(row, "record_count"))),
        landings);
    return found;
  }

  /** Forgets the receipts of some sinks. */
  void forget(long landing, Collection<String> sinks) throws SQLException {
    List<Long> those = sinks.stream().map(Digest::ofSink).toList();
    if (statements.updateIn(Sql.DELETE_RECEIPTS_OF_SINKS, those, landing) > 0) {
      statements.update(Sql.COUNT_RECEIPTS, landing);
    }
  }
}
