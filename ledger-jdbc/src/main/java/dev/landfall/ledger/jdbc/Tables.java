package dev.landfall.ledger.jdbc;

import java.sql.SQLException;

/** All that works on the tables over one connection; for one thread at a time. */
final class Tables {

  private final Statements statements;
  private final Routes routes;
  private final Lines lines;
  private final Keys keys;
  private final Intake intake;
  private final Claims claims;
  private final Reports reports;
  private final Upkeep upkeep;

  Tables(Statements statements, Dialect dialect) {
    this.statements = statements;
    this.routes = new Routes(statements);
    this.lines = new Lines(statements, dialect);
    this.keys = Keys.of(statements, dialect);
    Receipts receipts = new Receipts(statements);
    Attempts attempts = new Attempts(statements);
    Rows rows = new Rows(statements, routes, lines, receipts);
    this.intake = new Intake(statements, dialect, routes, lines, keys, receipts);
    this.claims = new Claims(statements, dialect, routes, lines, receipts, attempts, rows);
    this.reports = new Reports(statements, routes, keys, attempts, rows);
    this.upkeep = new Upkeep(statements, dialect, lines, keys, receipts);
  }

  Statements statements() {
    return statements;
  }

  Lines lines() {
    return lines;
  }

  Intake intake() {
    return intake;
  }

  Claims claims() {
    return claims;
  }

  Reports reports() {
    return reports;
  }

  Upkeep upkeep() {
    return upkeep;
  }

  /** Writes what has to be written before the transaction is committed. */
  void ending() throws SQLException {
    keys.ending();
  }

  /** Forgets what is known of the transaction that was committed. */
  void ended() {
    lines.forget();
    keys.ended();
  }

  /** Forgets what was read in a transaction that was undone, in part or as a whole. */
  void undone() {
    lines.forget();
    routes.forget();
    keys.undone();
  }
}
