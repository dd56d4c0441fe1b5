package dev.landfall.ledger.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lines, in which landings go one at a time.
 *
 * <p>Of each line at most one landing is at the front: ready, waiting for its time, or claimed. The
 * others are queued. Whoever changes that locks the line's row first, so that two instances never
 * bring two to the front.
 */
final class Lines {

  /** Can be claimed. */
  static final int READY = 1;
  /** Waits until it is due. */
  static final int WAITING = 2;
  /** Stands behind another in its line. */
  static final int QUEUED = 3;
  /** Does so although its claim may still be renewed. */
  private static final int LAPSED = 4;

  private static final Comparator<Place> OLDEST = Comparator.comparing(Place::time)
      .thenComparing(Place::controlNumber)
      .thenComparing(Place::landing);

  private final Statements statements;
  private final Dialect dialect;
  private final Map<Digest, Long> locked = new HashMap<>();

  Lines(Statements statements, Dialect dialect) {
    this.statements = statements;
    this.dialect = dialect;
  }

  /**
   * Locks those lines that exist, until the transaction ends; all at once, in an order that all
   * keep.
   */
  void lock(Collection<Digest> lines) throws SQLException {
    TreeSet<Digest> missing = new TreeSet<>(lines);
    missing.removeAll(locked.keySet());
    statements.listIn(
        Sql.LOCK_LINES + dialect.locking(),
        row -> locked.put(Digest.of(row.getBytes("digest")), row.getLong("id")),
        List.copyOf(missing));
  }

  /** Locks lines; those that do not exist are created. */
  void create(Map<Digest, String> namesOfLines) throws SQLException {
    lock(namesOfLines.keySet());
    TreeSet<Digest> missing = new TreeSet<>(namesOfLines.keySet());
    missing.removeAll(locked.keySet());
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Digest line : missing) {
      rows.add(new Object[] {line, namesOfLines.get(line)});
    }
    statements.batch(Sql.INSERT_LINE, rows);
    lock(missing);
  }

  /** {@return the number of a line that was locked} */
  long numberOf(Digest line) {
    return Objects.requireNonNull(locked.get(line), "a locked line");
  }

  /** {@return the name of each of these lines} */
  Map<Long, String> namesOf(Collection<Long> lines) throws SQLException {
    Map<Long, String> names = new HashMap<>();
    statements.listIn(
        Sql.FIND_LINES,
        row -> names.put(row.getLong("id"), row.getString("name")),
        List.copyOf(new TreeSet<>(lines)));
    return names;
  }

  /** Locks lines by their numbers and brings the right ones to their fronts. */
  void arrangeAll(Collection<Long> lines) throws SQLException {
    List<Long> inOrder = List.copyOf(new TreeSet<>(lines));
    for (long line : lockByNumber(inOrder)) {
      arrange(line);
    }
  }

  List<Long> lockByNumber(List<Long> inOrder) throws SQLException {
    return statements.listIn(
        Sql.LOCK_LINES_BY_ID + dialect.locking(), row -> row.getLong("id"), inOrder);
  }

  /** Deletes those lines that no landing is in. */
  void deleteEmpty(Collection<Long> lines) throws SQLException {
    List<Long> inOrder = List.copyOf(new TreeSet<>(lines));
    statements.updateIn(Sql.DELETE_EMPTY_LINES, lockByNumber(inOrder));
    locked.values().removeAll(inOrder);
  }

  private record Place(
      long landing, int turn, boolean claimed, boolean timed, long time, long controlNumber) {

    static Place read(ResultSet row) throws SQLException {
      row.getLong("token");
      boolean claimed = !row.wasNull();
      row.getLong("due");
      boolean timed = !row.wasNull();
      return new Place(
          row.getLong("id"),
          row.getInt("turn"),
          claimed,
          timed,
          row.getLong("event_time"),
          row.getLong("control_number"));
    }

    boolean isFront() {
      return turn == READY || turn == WAITING;
    }
  }

  /**
   * Brings the oldest landing of a line that is locked to its front, unless the front is claimed.
   */
  void arrange(long line) throws SQLException {
    List<Place> places = new ArrayList<>(lockFront(line));
    Place front = places.stream().filter(Place::isFront).findFirst().orElse(null);
    if (front != null && front.turn == WAITING && front.claimed) {
      return;
    }
    places.addAll(statements.list(Sql.OLDEST_QUEUED, Place::read, line));
    Place oldest = places.stream().min(OLDEST).orElse(null);
    if (oldest != null && !oldest.equals(front)) {
      bringToFront(oldest, front);
    }
  }

  /** {@return who is at the front of a line that is locked, and who was before its claim lapsed} */
  private List<Place> lockFront(long line) throws SQLException {
    List<Place> seen = statements.list(Sql.FRONT_OF_LINE, Place::read, line);
    return dialect.isShared()
        ? statements.listIn(
            Sql.LOCK_PLACES + dialect.locking(),
            Place::read,
            seen.stream().map(Place::landing).sorted().toList())
        : seen;
  }

  /**
   * Takes whatever is at the front back for a landing whose claim is renewed; the line is locked.
   */
  void makeWayFor(long landing, long line) throws SQLException {
    for (Place place : lockFront(line)) {
      if (place.isFront() && place.landing != landing) {
        statements.update(Sql.SET_TURN, QUEUED, place.landing);
      }
    }
  }

  private void bringToFront(Place next, @Nullable Place front) throws SQLException {
    if (front != null) {
      statements.update(Sql.SET_TURN, front.claimed ? LAPSED : QUEUED, front.landing);
    }
    statements.update(Sql.SET_TURN, next.timed ? WAITING : READY, next.landing);
  }

  /** Forgets which lines are locked, as the transaction has ended. */
  void forget() {
    locked.clear();
  }
}
