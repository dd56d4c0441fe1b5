package dev.landfall.ledger.jdbc;

/**
 * Every statement on landings, in words that all databases know; what the numbers of {@code state}
 * and {@code turn} mean is told where the tables are created.
 *
 * <p>Landings are locked by their numbers alone, and looked at then: who locks them by an index of
 * what changes, and who changes it, would wait for each other in InnoDB.
 */
final class Sql {

  static final String FIND_ROUTES = "SELECT id, name FROM landfall_route";
  static final String INSERT_ROUTE = "INSERT INTO landfall_route (digest, name) VALUES (?, ?)";

  static final String FIND_LINES = "SELECT id, name FROM landfall_line WHERE id IN (...)";
  static final String INSERT_LINE = "INSERT INTO landfall_line (digest, name) VALUES (?, ?)";
  static final String LOCK_LINES =
      "SELECT id, digest FROM landfall_line WHERE digest IN (...) ORDER BY digest";
  static final String LOCK_LINES_BY_ID =
      "SELECT id FROM landfall_line WHERE id IN (...) ORDER BY id";
  static final String DELETE_EMPTY_LINES = """
      DELETE FROM landfall_line
      WHERE NOT EXISTS (SELECT 1 FROM landfall_landing WHERE line = landfall_line.id)
        AND id IN (...)""";

  private static final String PLACE =
      "SELECT id, turn, token, due, event_time, control_number FROM landfall_landing";
  private static final String IN_LINE = PLACE + " WHERE line = ?";
  static final String FRONT_OF_LINE = IN_LINE + " AND turn IN (1, 2, 4)";
  static final String LOCK_PLACES = PLACE + " WHERE id IN (...)";
  static final String OLDEST_QUEUED =
      IN_LINE + " AND turn = 3 ORDER BY event_time, control_number, id LIMIT 1";
  static final String SET_TURN = "UPDATE landfall_landing SET turn = ? WHERE id = ?";

  private static final String KNOWN =
      "SELECT id, digest, event, state, turn, line FROM landfall_landing";
  /** Where landings have an index of their keys. */
  static final String FIND_KNOWN = KNOWN + " WHERE digest IN (...)";

  static final String FIND_KNOWN_BY_ID = KNOWN + " WHERE id IN (...)";
  static final String INSERT_LANDING = """
      INSERT INTO landfall_landing (
        digest, event, route, state, turn, recorded_at, opened_at, deadline, attempts, line,
        event_type, entity, legal_entity, event_time, stream, control_number, receipts, failures,
        body)
      VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)""";
  /** The next number at or above another in a stream. */
  static final String NEXT_NUMBER =
      "SELECT min(control_number) FROM landfall_landing WHERE stream = ? AND control_number >= ?";

  static final String FIND_DUE =
      "SELECT id FROM landfall_landing WHERE turn = 2 AND due <= ? ORDER BY due LIMIT ?";
  static final String LOCK_DUE =
      "SELECT id, turn, due, line, token FROM landfall_landing WHERE id IN (...)";
  /** Makes ready what waited for its time; the time is kept, as it is told. */
  static final String WAKE = "UPDATE landfall_landing SET turn = 1 WHERE id IN (...)";
  /** Makes ready what is claimed, whenever the lease runs out. */
  static final String WAKE_CLAIMED =
      "UPDATE landfall_landing SET turn = 1 WHERE turn = 2 AND token IS NOT NULL";

  static final String FIND_READY = """
      SELECT id, deadline, opened_at FROM landfall_landing
      WHERE turn = 1 AND route = ? ORDER BY deadline, opened_at, id LIMIT ?""";
  static final String FIND_LANDINGS =
      "SELECT " + Rows.COLUMNS + " FROM landfall_landing WHERE id IN (...)";
  static final String LEASE = """
      UPDATE landfall_landing SET turn = 2, due = ?, token = ?, attempts = attempts + 1
      WHERE id IN (...)""";
  /** A claim whose place in its line was taken can be renewed only until another is handed out. */
  static final String LOSE_CLAIM = """
      UPDATE landfall_landing SET turn = 3, token = NULL WHERE turn = 4 AND line IN (...)""";

  static final String LOCK_CLAIMED =
      "SELECT line FROM landfall_landing WHERE id = ? AND digest = ? AND token = ?";
  static final String RENEW = """
      UPDATE landfall_landing SET turn = 2, due = ?
      WHERE id = ? AND digest = ? AND token = ?""";

  private static final String SETTLE = "UPDATE landfall_landing SET token = NULL, receipts = ?, ";
  private static final String CLAIMED = " WHERE id = ? AND digest = ? AND token = ?";
  static final String STORE = SETTLE
      + "state = 1, turn = 0, due = NULL, ended_at = ?, reason = NULL, failed_at = NULL, body = ?"
      + CLAIMED;
  static final String RETRY = SETTLE
      + "turn = CASE turn WHEN 4 THEN 3 ELSE 2 END, due = ?, failures = failures + 1, reason = ?,"
      + " failed_at = ?"
      + CLAIMED;
  static final String RELEASE = SETTLE
      + "turn = CASE turn WHEN 4 THEN 3 ELSE 1 END, due = NULL, attempts = attempts - 1"
      + CLAIMED;
  static final String DIE = SETTLE
      + "state = 2, turn = 0, due = NULL, ended_at = ?, failures = failures + 1, reason = ?,"
      + " failed_at = ?"
      + CLAIMED;

  static final String REOPEN = """
      UPDATE landfall_landing SET state = 0, turn = CASE WHEN line IS NULL THEN 1 ELSE 3 END,
        due = NULL, ended_at = NULL, remark = NULL, attempts = 0, opened_at = ?, deadline = ?
      WHERE state <> 0 AND id = ?""";
  static final String DISCARD = """
      UPDATE landfall_landing SET state = 3, turn = 0, due = NULL, token = NULL, ended_at = ?,
        remark = ?, body = ?
      WHERE state IN (0, 2) AND id = ?""";

  static final String INSERT_RECEIPT = """
      INSERT INTO landfall_receipt (
        location, byte_count, record_count, sink, landing, sink_hash)
      VALUES (?, ?, ?, ?, ?, ?)""";
  static final String REPLACE_RECEIPT = """
      UPDATE landfall_receipt SET location = ?, byte_count = ?, record_count = ?, sink = ?
      WHERE landing = ? AND sink_hash = ?""";
  static final String FIND_RECEIPTS = """
      SELECT landing, sink, location, byte_count, record_count FROM landfall_receipt
      WHERE landing IN (...)""";
  static final String DELETE_RECEIPTS_OF_SINKS =
      "DELETE FROM landfall_receipt WHERE landing = ? AND sink_hash IN (...)";
  static final String COUNT_RECEIPTS = """
      UPDATE landfall_landing
      SET receipts = (SELECT count(*) FROM landfall_receipt WHERE landing = landfall_landing.id)
      WHERE id = ?""";

  static final String INSERT_ATTEMPT = """
      INSERT INTO landfall_attempt (landing, failure, attempt_number, reason, message, failed_at)
      SELECT id, failures, ?, ?, ?, ? FROM landfall_landing WHERE id = ?""";
  static final String DELETE_OLD_ATTEMPTS = """
      DELETE FROM landfall_attempt
      WHERE landing = ? AND failure <= (SELECT failures FROM landfall_landing WHERE id = ?) - ?""";
  static final String FIND_ATTEMPTS = """
      SELECT landing, attempt_number, reason, message, failed_at FROM landfall_attempt
      WHERE landing IN (...) ORDER BY landing, failure""";

  static final String BACKLOG = """
      SELECT route, count(*) AS pending, min(recorded_at) AS oldest FROM landfall_landing
      WHERE state = 0 GROUP BY route""";
  static final String FIND_DEAD =
      "SELECT id FROM landfall_landing WHERE state = 2 ORDER BY failed_at DESC LIMIT ?";
  /** The latest recorded of one state and route, from one on. */
  static final String FIND_LATEST = """
      SELECT id, recorded_at, entity, legal_entity, reason FROM landfall_landing
      WHERE state = ? AND route = ? AND recorded_at >= ? AND recorded_at <= ?
        AND (recorded_at < ? OR id < ?)
      ORDER BY recorded_at DESC, id DESC LIMIT ?""";

  static final String FIND_ENDED = """
      SELECT id, ended_at FROM landfall_landing WHERE state = ? AND ended_at < ?
      ORDER BY ended_at, id LIMIT ?""";
  static final String LOCK_ENDED = "SELECT id, line, state FROM landfall_landing WHERE id IN (...)";
  static final String DELETE_RECEIPTS = "DELETE FROM landfall_receipt WHERE landing IN (...)";
  static final String DELETE_ATTEMPTS = "DELETE FROM landfall_attempt WHERE landing IN (...)";
  static final String DELETE_LANDINGS = "DELETE FROM landfall_landing WHERE id IN (...)";

  static final String IS_BURIED = "SELECT id FROM landfall_unreadable WHERE digest = ?";
  static final String BURY = """
      INSERT INTO landfall_unreadable (digest, reason, message, failed_at, body)
      VALUES (?, ?, ?, ?, ?)""";
  static final String FIND_BURIED = """
      SELECT reason, message, failed_at, body FROM landfall_unreadable
      ORDER BY failed_at DESC LIMIT ?""";
  static final String EXHUME = "DELETE FROM landfall_unreadable WHERE digest = ?";

  private Sql() {}
}
