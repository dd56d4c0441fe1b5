package dev.landfall.sink.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real database for a test class, started before its first test, empty when a test begins, and
 * stopped after the last.
 */
abstract class TestDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private final String product;
  private @Nullable DataSource database;

  /**
   * Names it; it is not running yet.
   *
   * @param product as its driver tells it
   */
  TestDatabase(String product) {
    this.product = product;
  }

  /** {@return connections to a new database; once it is stopped they are refused} */
  abstract DataSource start() throws Exception;

  /** Takes away all tables. */
  abstract void empty() throws IOException, SQLException;

  abstract void stop() throws Exception;

  final void open() throws Exception {
    database = start();
  }

  @Override
  public final void beforeAll(ExtensionContext context) throws Exception {
    if (!isNested(context)) {
      open();
    }
  }

  /** A class within another has the database of that one. */
  private static boolean isNested(ExtensionContext context) {
    return context.getRequiredTestClass().isMemberClass();
  }

  @Override
  public final void beforeEach(ExtensionContext context) throws IOException, SQLException {
    empty();
  }

  @Override
  public final void afterAll(ExtensionContext context) throws Exception {
    if (!isNested(context)) {
      stop();
    }
  }

  final DataSource database() {
    return Objects.requireNonNull(database, "A database runs only while its class is tested.");
  }

  final String product() {
    return product;
  }

  /** {@return an identifier as this database quotes it} */
  final String quoted(String identifier) throws SQLException {
    return Rows.quoted(database(), identifier);
  }

  @Override
  public final String toString() {
    return product;
  }
}
