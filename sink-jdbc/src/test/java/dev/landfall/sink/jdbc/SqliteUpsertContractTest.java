package dev.landfall.sink.jdbc;

import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

class SqliteUpsertContractTest extends TableSinkContract {

  @Override
  DataSource database() {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + storage().resolve("rows.db"));
    return database;
  }

  @Override
  boolean upserts() {
    return true;
  }
}
