package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.file.ExportedFile;
import dev.landfall.format.MalformedFileException;
import dev.landfall.testkit.ExportedFiles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

class JdbcTableSinkTest {

  @TempDir
  Path folder;

  @Test
  void itsNameIsThatOfTheTable() {
    assertEquals(
        "table sales.groups",
        JdbcTableSink.into(database()).table("sales.groups").build().name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a.b.c", ".groups", "sales.", "a\0b"})
  void aTableIsRefusedAtOnceIfItIsNoName(String table) {
    JdbcTableSink.Destination destination = JdbcTableSink.into(database());
    String message = assertThrows(IllegalArgumentException.class, () -> destination.table(table))
        .getMessage();
    assertEquals(
        "A table is given as 'table' or 'schema.table', no part blank or with control characters; '"
            + table + "' is not.",
        message);
  }

  @Test
  void aKeyIsRefusedAtOnceIfItIsNone() {
    JdbcTableSinkBuilder builder = JdbcTableSink.into(database()).table("groups");
    assertThrows(IllegalArgumentException.class, builder::upsertBy);
    assertThrows(IllegalArgumentException.class, () -> builder.upsertBy("ID", " "));
    assertEquals(
        "A key is one or more columns, none blank or given twice; 'id' is.",
        assertThrows(IllegalArgumentException.class, () -> builder.upsertBy("ID", "id"))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConnectionIsGivenBackAsItCame(boolean autoCommit) throws Exception {
    try (Connection connection = database().getConnection()) {
      connection.setAutoCommit(autoCommit);
      DataSource single = answering(
          DataSource.class,
          database(),
          Map.of(
              "getConnection",
              answering(Connection.class, connection, Map.of("close", "nothing"))));
      JdbcTableSink sink =
          JdbcTableSink.into(single).table("groups").upsertBy("ID").build();
      ExportedFile blankKey = ExportedFiles.in(folder).csv("ID\n1\n\"\"\n");
      assertThrows(MalformedFileException.class, () -> sink.store(blankKey));
      assertEquals(autoCommit, connection.getAutoCommit());
      sink.store(ExportedFiles.in(folder).csv("ID\n1\n"));
      assertEquals(autoCommit, connection.getAutoCommit());
    }
    assertEquals(List.of("1"), Rows.of(database(), "SELECT ID FROM groups"));
  }

  private DataSource database() {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + folder.resolve("rows.db"));
    return database;
  }

  /** {@return the target, except that some methods have a fixed answer} */
  private static <T> T answering(Class<T> type, Object target, Map<String, ?> answers) {
    return type.cast(Proxy.newProxyInstance(
        JdbcTableSinkTest.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          Object answer = answers.get(method.getName());
          if (answer != null) {
            return method.getReturnType() == void.class ? null : answer;
          }
          try {
            return method.invoke(target, arguments);
          } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
          }
        }));
  }
}
