package dev.landfall.ledger.jdbc;

import java.sql.SQLException;
import java.util.List;

/** Keys in a unique index, which also tells instances that record the same landing. */
final class IndexedKeys implements Keys {

  private final Statements statements;

  IndexedKeys(Statements statements) {
    this.statements = statements;
  }

  @Override
  public <T> List<T> find(Statements.Row<T> row, List<Digest> keys) throws SQLException {
    return statements.listIn(Sql.FIND_KNOWN, row, keys);
  }

  @Override
  public void inserted(List<Digest> keys) {
    // So does the index.
  }

  @Override
  public void delete(List<Long> landings) throws SQLException {
    statements.updateIn(Sql.DELETE_LANDINGS, landings);
  }

  @Override
  public void ending() {
    // The index is always complete.
  }

  @Override
  public void ended() {
    // Nothing is kept beside it.
  }

  @Override
  public void undone() {
    // The index was undone with the rest.
  }
}
