package dev.landfall.ledger.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.spi.LedgerException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class ServerTest {

  @TempDir
  private Path folder;

  private static void refused(DataSource dataSource, String... parts) {
    for (String message : new String[] {
      String.valueOf(assertThrows(IllegalArgumentException.class, () -> JdbcLedger.on(dataSource))
          .getMessage()),
      String.valueOf(assertThrows(
              IllegalArgumentException.class, () -> LedgerSchema.of(dataSource).create())
          .getMessage())
    }) {
      for (String part : parts) {
        assertTrue(message.contains(part), message);
      }
    }
  }

  @Test
  void aSqliteFileIsNotSharedThroughADataSource() {
    SQLiteDataSource file = new SQLiteDataSource();
    file.setUrl("jdbc:sqlite:" + folder.resolve("ledger.db"));
    refused(file, "use JdbcLedger.sqlite(Path)");
  }

  @Test
  void anotherDatabaseIsRefusedByName() {
    refused(
        pretending(Map.of("getDatabaseProductName", "Oracle")),
        "this database is Oracle",
        "PostgreSQL");
  }

  @Test
  void aServerThatIsTooOldIsRefused() {
    refused(
        pretending(Map.of(
            "getDatabaseProductName",
            "MariaDB",
            "getDatabaseMajorVersion",
            10,
            "getDatabaseMinorVersion",
            5)),
        "needs MariaDB 10.6 or newer",
        "10.5");
  }

  @Test
  void aServerThatCannotBeReachedIsToldWithoutSecrets() {
    JdbcDataSource nowhere = new JdbcDataSource();
    nowhere.setURL("jdbc:h2:tcp://localhost:1/ledger?password=secret");
    LedgerException unreachable = assertThrows(LedgerException.class, () -> JdbcLedger.on(nowhere));
    assertTrue(unreachable.retryable());
    String message = String.valueOf(unreachable.getMessage());
    assertTrue(message.contains("cannot be reached"), message);
    assertEquals(-1, message.indexOf("secret"), message);
  }

  /** A database that says of itself what it is told to. */
  private static DataSource pretending(Map<String, Object> answers) {
    JdbcDataSource real = new JdbcDataSource();
    real.setURL("jdbc:h2:mem:pretending");
    return wrap(
        DataSource.class,
        real,
        "getConnection",
        connection -> wrap(
            Connection.class,
            (Connection) connection,
            "getMetaData",
            metaData -> wrap(DatabaseMetaData.class, (DatabaseMetaData) metaData, answers)));
  }

  private interface Change {
    Object of(Object answer);
  }

  private static <T> T wrap(Class<T> type, T real, String method, Change change) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
          Object answer = invoke(real, called, arguments);
          return called.getName().equals(method) && answer != null ? change.of(answer) : answer;
        }));
  }

  private static <T> T wrap(Class<T> type, T real, Map<String, Object> answers) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, called, arguments) -> answers.containsKey(called.getName())
            ? answers.get(called.getName())
            : invoke(real, called, arguments)));
  }

  private static @Nullable Object invoke(Object real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getTargetException();
    }
  }
}
