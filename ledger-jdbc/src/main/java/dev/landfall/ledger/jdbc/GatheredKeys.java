package dev.landfall.ledger.jdbc;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keys in a table of their own, the newest of which are still in memory; for a file that nobody
 * else writes.
 *
 * <p>Keys are spread evenly, so that in a large index each new one falls on a page of its own,
 * which would have to be written for it alone. Here they are gathered first, and move into the
 * table in their order, as many with each transaction as came in: those that move together are
 * neighbours and share pages. What is only in memory is not lost with it, as it is in the rows of
 * landings too: all of these up to a number that is kept in {@code landfall_keyed} have their keys
 * in the table, and the others are read again.
 */
final class GatheredKeys implements Keys {

  /** 10 MB in memory, and some hundred milliseconds to read them again. */
  private static final int MOST_GATHERED = 65_536;

  static final String FIND_NUMBERS = "SELECT landing FROM landfall_key WHERE digest IN (...)";
  static final String INSERT_KEY =
      "INSERT OR IGNORE INTO landfall_key (digest, landing) VALUES (?, ?)";
  static final String DELETE_KEYS = "DELETE FROM landfall_key WHERE digest IN (...)";
  static final String FIND_KEYS = "SELECT digest FROM landfall_landing WHERE id IN (...)";
  static final String NEXT_KEYS =
      "SELECT id, digest FROM landfall_landing WHERE id > ? ORDER BY id LIMIT ?";
  static final String LAST = "SELECT max(id) AS last FROM landfall_landing";
  static final String FIND_KEYED = "SELECT landing FROM landfall_keyed";
  static final String SET_KEYED = "UPDATE landfall_keyed SET landing = ?";

  private static final long UNKNOWN = -1;

  private record Key(long landing, Digest digest) {}

  private final Statements statements;
  private final int most;
  private final TreeMap<Digest, Long> gathered = new TreeMap<>();
  /** What was gathered in the order of numbers, with some that have moved or gone since. */
  private final Deque<Key> inOrder = new ArrayDeque<>();
  /** Up to which number all keys are in the table, as it is written there. */
  private long keyed = UNKNOWN;
  /** The number of the last landing whose key is here or in the table. */
  private long last;
  /** The same, without those that may still be undone. */
  private long lastSure;
  /** How many have come since the last commit. */
  private int came;
  /** Whether keys were moved or deleted since then. */
  private boolean changed;

  private Digest lastMoved = new Digest(0, 0);

  GatheredKeys(Statements statements) {
    this(statements, MOST_GATHERED);
  }

  GatheredKeys(Statements statements, int most) {
    this.statements = statements;
    this.most = most;
  }

  @Override
  public <T> List<T> find(Statements.Row<T> row, List<Digest> keys) throws SQLException {
    gather();
    List<Long> numbers = new ArrayList<>();
    List<Digest> others = new ArrayList<>();
    for (Digest key : keys) {
      Long number = gathered.get(key);
      if (number == null) {
        others.add(key);
      } else {
        numbers.add(number);
      }
    }
    numbers.addAll(statements.listIn(FIND_NUMBERS, it -> it.getLong("landing"), others));
    // A landing may be asked for twice, and is to be told of once.
    return statements.listIn(
        Sql.FIND_KNOWN_BY_ID, row, numbers.stream().distinct().toList());
  }

  /** Takes up the landings that have come since, or all that are not surely in the table. */
  private void gather() throws SQLException {
    boolean again = keyed == UNKNOWN;
    if (again) {
      keyed = statements.list(FIND_KEYED, row -> row.getLong("landing")).get(0);
      last = keyed;
      lastSure = keyed;
    }
    // Far more than are ever left, unless another program has filled the file.
    int atOnce = 4 * most;
    List<Key> next;
    do {
      next = statements.list(
          NEXT_KEYS,
          row -> new Key(row.getLong("id"), Digest.of(row.getBytes("digest"))),
          last,
          atOnce);
      next.forEach(this::add);
      came += again ? 0 : next.size();
      if (next.size() == atOnce) {
        move(gathered.size());
      }
    } while (next.size() == atOnce);
  }

  private void add(Key key) {
    gathered.put(key.digest, key.landing);
    inOrder.add(key);
    last = key.landing;
  }

  /**
   * SQLite gives the next numbers, unless the largest of all is taken; then they are read later.
   */
  @Override
  public void inserted(List<Digest> keys) throws SQLException {
    if (keyed != UNKNOWN && last + keys.size() == lastInTable()) {
      keys.forEach(key -> add(new Key(last + 1, key)));
      came += keys.size();
    }
  }

  private long lastInTable() throws SQLException {
    return statements.list(LAST, row -> row.getLong("last")).get(0);
  }

  @Override
  public void delete(List<Long> landings) throws SQLException {
    gather();
    changed = true;
    List<Digest> keys =
        statements.listIn(FIND_KEYS, row -> Digest.of(row.getBytes("digest")), landings);
    keys.forEach(gathered::remove);
    statements.updateIn(DELETE_KEYS, keys);
    statements.updateIn(Sql.DELETE_LANDINGS, landings);
    // The numbers of the last ones are given again, to landings that are new.
    last = lastInTable();
    lastSure = Math.min(lastSure, last);
    forgetAfter(last);
    if (last < keyed) {
      setKeyed(last);
    }
  }

  /** Moves what is too much, or twice what came, as it is far too much after a restart. */
  @Override
  public void ending() throws SQLException {
    int tooMany = gathered.size() - most;
    if (tooMany > 0) {
      move(Math.min(tooMany, 2 * came));
    }
  }

  private void move(int count) throws SQLException {
    changed = true;
    List<Object[]> moved = new ArrayList<>();
    Iterator<Map.Entry<Digest, Long>> next =
        gathered.tailMap(lastMoved, false).entrySet().iterator();
    while (moved.size() < count) {
      if (!next.hasNext()) {
        next = gathered.entrySet().iterator();
      }
      Map.Entry<Digest, Long> key = next.next();
      lastMoved = key.getKey();
      moved.add(new Object[] {lastMoved, key.getValue()});
      next.remove();
    }
    statements.batch(INSERT_KEY, moved);
    Key first = inOrder.peek();
    while (first != null && !isGathered(first)) {
      inOrder.remove();
      first = inOrder.peek();
    }
    long before = first == null ? last : first.landing - 1;
    // Not each time, which would write a page more.
    if (before > keyed + most / 8) {
      setKeyed(before);
    }
  }

  private boolean isGathered(Key key) {
    Long landing = gathered.get(key.digest);
    return landing != null && landing == key.landing;
  }

  private void setKeyed(long landing) throws SQLException {
    statements.update(SET_KEYED, landing);
    keyed = landing;
  }

  @Override
  public void ended() {
    lastSure = last;
    came = 0;
    changed = false;
  }

  @Override
  public void undone() {
    came = 0;
    if (changed) {
      gathered.clear();
      inOrder.clear();
      keyed = UNKNOWN;
    } else {
      forgetAfter(lastSure);
      last = Math.min(last, lastSure);
    }
  }

  private void forgetAfter(long landing) {
    Key latest = inOrder.peekLast();
    while (latest != null && latest.landing > landing) {
      gathered.remove(latest.digest, latest.landing);
      inOrder.removeLast();
      latest = inOrder.peekLast();
    }
  }
}
