package dev.landfall.ledger.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever happens, keys are found as an index would find them. */
class GatheredKeysProperties {

  private static final int MOST = 4;
  /** Few enough that keys are deleted and come again. */
  private static final int DIFFERENT = 40;

  enum What {
    RECORD,
    DELETE,
    DELETE_LAST,
    SAVEPOINT,
    UNDO_TO_SAVEPOINT,
    COMMIT,
    ROLL_BACK,
    CRASH
  }

  record Step(What what, int key) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(16, What.RECORD),
                Tuple.of(1, What.DELETE),
                Tuple.of(1, What.DELETE_LAST),
                Tuple.of(2, What.SAVEPOINT),
                Tuple.of(1, What.UNDO_TO_SAVEPOINT),
                Tuple.of(5, What.COMMIT),
                Tuple.of(1, What.ROLL_BACK),
                Tuple.of(1, What.CRASH)),
            Arbitraries.integers().between(0, DIFFERENT - 1))
        .as(Step::new)
        .list()
        .ofMaxSize(200);
  }

  @Property
  void keysAreFoundAsByAnIndex(@ForAll("steps") List<Step> steps) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      new Schema(Dialect.SQLITE, "in memory", "").create(connection);
      Model model = new Model(new Statements(connection));
      for (Step step : steps) {
        model.take(step);
        model.check();
      }
    }
  }

  private static final class Model {

    private final Statements statements;
    private GatheredKeys keys;
    private Map<Digest, Long> now = new TreeMap<>();
    private Map<Digest, Long> atSavepoint = new TreeMap<>();
    private Map<Digest, Long> committed = new TreeMap<>();

    Model(Statements statements) throws SQLException {
      this.statements = statements;
      this.keys = new GatheredKeys(statements, MOST);
      begin();
    }

    private void begin() throws SQLException {
      statements.update("BEGIN");
      statements.update("SAVEPOINT one");
      atSavepoint = new TreeMap<>(now);
    }

    void take(Step step) throws SQLException {
      switch (step.what) {
        case RECORD -> record(key(step.key));
        case DELETE -> delete(now.get(key(step.key)));
        case DELETE_LAST -> {
          // Often so many that numbers come again whose keys were in the table.
          for (int i = 0; i < step.key; i++) {
            delete(now.values().stream().max(Long::compare).orElse(null));
          }
        }
        case SAVEPOINT -> {
          statements.update("RELEASE one");
          statements.update("SAVEPOINT one");
          atSavepoint = new TreeMap<>(now);
        }
        case UNDO_TO_SAVEPOINT -> {
          statements.update("ROLLBACK TO one");
          keys.undone();
          now = new TreeMap<>(atSavepoint);
        }
        case COMMIT -> {
          keys.ending();
          statements.update("COMMIT");
          keys.ended();
          committed = new TreeMap<>(now);
          begin();
        }
        case ROLL_BACK, CRASH -> {
          if (step.what == What.CRASH) {
            keys = new GatheredKeys(statements, MOST);
          } else {
            keys.undone();
          }
          statements.update("ROLLBACK");
          now = new TreeMap<>(committed);
          begin();
        }
      }
    }

    private void record(Digest key) throws SQLException {
      // As the intake does: nothing is recorded that is found.
      if (found(List.of(key)).isEmpty()) {
        statements.update("""
            INSERT INTO landfall_landing (digest, event, route, state, turn, recorded_at, opened_at,
              deadline, attempts, event_time, control_number, receipts, failures, body)
            VALUES (?, 'event', 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, x'')""", key);
        now.put(
            key,
            statements
                .list("SELECT last_insert_rowid() AS id", row -> row.getLong("id"))
                .get(0));
        // Sometimes it is only found out later.
        if (now.size() % 3 > 0) {
          keys.inserted(List.of(key));
        }
      }
    }

    private void delete(@Nullable Long landing) throws SQLException {
      if (landing != null) {
        keys.delete(List.of(landing));
        now.values().remove(landing);
      }
    }

    void check() throws SQLException {
      List<Digest> all = LongStream.range(0, DIFFERENT).mapToObj(Model::key).toList();
      assertEquals(now, found(all));
      long inTable = statements
          .list("SELECT count(*) FROM landfall_key", row -> row.getLong(1))
          .get(0);
      assertTrue(inTable <= now.size(), "no key is left of what was deleted");
    }

    private Map<Digest, Long> found(List<Digest> some) throws SQLException {
      Map<Digest, Long> found = new TreeMap<>();
      keys.find(row -> found.put(Digest.of(row.getBytes("digest")), row.getLong("id")), some);
      return found;
    }

    /** Spread as digests are, on both sides of where signs change. */
    private static Digest key(long number) {
      return new Digest(number * 0x9E3779B97F4A7C15L, number);
    }
  }
}
