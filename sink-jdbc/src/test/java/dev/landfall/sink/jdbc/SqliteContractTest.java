package dev.landfall.sink.jdbc;

import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

class SqliteContractTest extends TableSinkContract {

  SqliteContractTest(boolean upserts) {
    super(upserts);
  }

  @Override
  DataSource database() {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + storage().resolve("rows.db"));
    return database;
  }
}
