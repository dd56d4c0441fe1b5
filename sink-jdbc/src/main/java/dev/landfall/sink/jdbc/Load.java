package dev.landfall.sink.jdbc;

import dev.landfall.file.ExportedFile;
import dev.landfall.format.RecordFormat;
import dev.landfall.sink.jdbc.Loading.Way;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Loads one file into one table.
 *
 * <p>What a database may not undo comes first: tables and columns. Rows and load record follow in
 * one transaction.
 */
final class Load {

  private final Database database;
  private final Loading loading;
  private final ExportedFile file;
  private final LoadFacts facts;
  private final LoadLog log;
  private final FullPushes pushes;
  private final Transfer transfer;

  Load(
      Database database, Loading loading, ExportedFile file, RecordFormat format, LoadFacts facts) {
    this.database = database;
    this.loading = loading;
    this.file = file;
    this.facts = facts;
    TableName table = loading.table();
    log = new LoadLog(database, table, facts);
    pushes = new FullPushes(database, table, facts);
    transfer = new Transfer(database, loading, file, format, facts);
  }

  LoadLog.Load run() throws SQLException, IOException {
    try (transfer) {
      return once();
    }
  }

  private LoadLog.Load once() throws SQLException, IOException {
    database.dialect().check(database.connection(), loading.table());
    OwnTables.LOAD.createIfAbsent(database, OwnTables.LOAD.beside(loading.table()));
    Optional<LoadLog.Load> before = log.find();
    if (before.isPresent()) {
      return before.get();
    }
    Target target = prepare();
    Optional<Removal> removal = removal();
    database.begin();
    if (!log.claim(file, loading.way())) {
      database.rollback();
      return log.find()
          .orElseThrow(() -> new SQLException("The load record was removed just now.", "40001"));
    }
    if (loading.keepsOrder() && pushes.areNewer()) {
      log.supersede();
      database.commit();
      return new LoadLog.Load(file.length(), 0);
    }
    long rows = removal.isPresent() ? replaceBy(target, removal.get()) : transfer.into(target);
    log.complete(rows, transfer.badRecords());
    database.commit();
    return new LoadLog.Load(file.length(), rows);
  }

  /** {@return where the records go, or null if there are none} */
  private @Nullable Target prepare() throws SQLException, IOException {
    if (loading.keepsOrder()) {
      OwnTables.PUSH.createIfAbsent(database, OwnTables.PUSH.beside(loading.table()));
      pushes.prepare();
    }
    TableName bad = loading.badRecords();
    if (bad != null) {
      OwnTables.BAD.createIfAbsent(database, bad);
    }
    List<String> fields = transfer.fields();
    return fields.isEmpty() ? null : new Targets(database, loading).of(fields, facts);
  }

  private Optional<Removal> removal() throws SQLException {
    if (loading.way() != Way.REPLACE) {
      return Optional.empty();
    }
    Map<String, ColumnType> present =
        new TableSchema(database, loading.table()).columns().orElse(Map.of());
    return Optional.of(new Removal(database, loading, facts, present));
  }

  private long replaceBy(@Nullable Target target, Removal removal)
      throws SQLException, IOException {
    boolean updates = target != null && !target.keys().isEmpty() && loading.keepsOrder();
    if (!updates) {
      removal.ofAll();
    }
    long rows = transfer.into(target);
    if (updates) {
      removal.ofOthers();
    }
    if (loading.keepsOrder()) {
      pushes.note();
    }
    return rows;
  }
}
