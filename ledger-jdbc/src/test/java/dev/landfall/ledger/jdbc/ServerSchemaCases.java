package dev.landfall.ledger.jdbc;

import static dev.landfall.ledger.jdbc.Samples.execute;
import static dev.landfall.ledger.jdbc.Samples.landing;
import static dev.landfall.ledger.jdbc.Samples.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The tables on one server: created on request, and refused if they are not as they should be. */
abstract class ServerSchemaCases {

  abstract TestServer server();

  private LedgerSchema schema() {
    return LedgerSchema.of(server().dataSource());
  }

  private void refused(String... parts) {
    String message = String.valueOf(
        assertThrows(IllegalStateException.class, () -> JdbcLedger.on(server().dataSource()))
            .getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  private void change(String sql) throws Exception {
    try (Connection connection = server().dataSource().getConnection()) {
      execute(connection, sql);
    }
  }

  @Test
  void tablesAreCreatedOnRequestOnly() throws Exception {
    server().dropTables();
    assertEquals(OptionalInt.empty(), schema().version());
    refused("has no tables", "schema 2", "LedgerSchema.of(dataSource).create()");
    assertEquals(OptionalInt.empty(), schema().version(), "nothing was created by that");
    assertThrows(IllegalStateException.class, () -> schema().migrate());

    schema().create();
    assertEquals(OptionalInt.of(2), schema().version());
    try (JdbcLedger ledger = JdbcLedger.on(server().dataSource())) {
      assertTrue(record(ledger, landing("a")).get(0).isNew());
    }
    schema().create();
    schema().migrate();
    try (JdbcLedger ledger = JdbcLedger.on(server().dataSource())) {
      assertFalse(record(ledger, landing("a")).get(0).isNew());
    }
  }

  @Test
  void instancesMayCreateTheTablesAtTheSameTime() throws Exception {
    server().dropTables();
    List<CompletableFuture<Void>> instances = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      instances.add(CompletableFuture.runAsync(() -> schema().create()));
    }
    for (CompletableFuture<Void> instance : instances) {
      instance.get(60, TimeUnit.SECONDS);
    }
    assertEquals(OptionalInt.of(2), schema().version());
    JdbcLedger.on(server().dataSource()).close();
  }

  @Test
  void tablesOfAnotherVersionAreRefusedWithTheWayOut() throws Exception {
    server().dropTables();
    schema().create();
    change("UPDATE landfall_schema SET version = 1");
    refused("schema 1", "needs schema 2", "LedgerSchema.of(dataSource).migrate()");
    change("UPDATE landfall_schema SET version = 3");
    refused("schema 3", "knows schema 2", "Use the newer version of Landfall");
    assertThrows(IllegalStateException.class, () -> schema().create());
    assertThrows(IllegalStateException.class, () -> schema().migrate());
    server().dropTables();
  }

  @Test
  void theStatementsCanBeRunByOtherTools() throws Exception {
    server().dropTables();
    for (String statement : schema().sql().replaceAll("(?m)^ *--.*$", "").split(";", -1)) {
      if (!statement.isBlank()) {
        change(statement);
      }
    }
    assertEquals(OptionalInt.of(2), schema().version());
  }
}
