package dev.landfall.ledger.jdbc;

/** Every statement the ledger uses, in SQLite's dialect; the tables are in {@code sqlite.sql}. */
enum Sql {
  // A transaction that will write takes the right to at once, so that it need not fail midway.
  BEGIN("BEGIN IMMEDIATE"),
  COMMIT("COMMIT"),
  ROLL_BACK("ROLLBACK"),
  SAVEPOINT("SAVEPOINT operation"),
  ROLL_BACK_TO_SAVEPOINT("ROLLBACK TO operation"),
  RELEASE_SAVEPOINT("RELEASE operation"),

  INSERT_LANDING("""
      INSERT INTO landing (key, event, route, state, recorded_at, deadline, attempts, body)
      VALUES (?, ?, ?, 'READY', ?, ?, ?, ?)
      ON CONFLICT (key) DO NOTHING"""),
  FIND_LANDING("SELECT id, event, route, state FROM landing WHERE key = ?"),

  /** Makes ready what waited for its time: retries, and claims whose lease has run out. */
  WAKE_DUE("UPDATE landing SET state = 'READY', due = NULL WHERE state = 'WAITING' AND due <= ?"),
  /** Makes ready what is claimed, whenever the lease runs out. */
  WAKE_CLAIMED(
      "UPDATE landing SET state = 'READY', due = NULL WHERE state = 'WAITING' AND token IS NOT NULL"),
  MOST_URGENT("""
      SELECT id, event, route, recorded_at, deadline, attempts, body FROM landing
      WHERE state = 'READY' ORDER BY deadline NULLS LAST, recorded_at, id LIMIT ?"""),
  LEASE("""
      UPDATE landing SET state = 'WAITING', due = ?, token = ?, attempts = attempts + 1
      WHERE id = ?"""),
  RENEW("UPDATE landing SET state = 'WAITING', due = ? WHERE key = ? AND token = ?"),

  FIND_CLAIMED("SELECT id FROM landing WHERE key = ? AND token = ?"),
  STORE("""
      UPDATE landing SET state = 'STORED', due = NULL, token = NULL,
        reason = NULL, message = NULL, failed_at = NULL, body = NULL
      WHERE id = ?"""),
  RETRY("""
      UPDATE landing SET state = 'WAITING', due = ?, token = NULL,
        reason = ?, message = ?, failed_at = ?
      WHERE id = ?"""),
  BURY_LANDING("""
      UPDATE landing SET state = 'DEAD', due = NULL, token = NULL,
        reason = ?, message = ?, failed_at = ?
      WHERE id = ?"""),
  RELEASE("""
      UPDATE landing SET state = 'READY', due = NULL, token = NULL, attempts = attempts - 1
      WHERE id = ?"""),

  PUT_RECEIPT("""
      INSERT INTO receipt (landing, sink, location, length, records) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (landing, sink) DO UPDATE
      SET location = excluded.location, length = excluded.length, records = excluded.records"""),
  FIND_RECEIPTS("SELECT sink, location, length, records FROM receipt WHERE landing = ?"),

  BURY_DELIVERY("""
      INSERT INTO unreadable (digest, reason, message, failed_at, body) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (digest) DO NOTHING"""),
  DEAD_LETTERS("""
      SELECT event, route, reason, message, failed_at, attempts, body FROM landing
      WHERE state = 'DEAD'
      UNION ALL
      SELECT NULL, NULL, reason, message, failed_at, 0, body FROM unreadable
      ORDER BY failed_at DESC LIMIT ?""");

  private final String text;

  Sql(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
