package dev.landfall.bench.ledger;

import dev.landfall.file.Sha256;
import dev.landfall.ledger.jdbc.JdbcLedger;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;

/**
 * The file of a ledger that no pipeline has open, seen from below: the one place here that knows
 * its tables.
 *
 * @param path where it is
 */
public record LedgerFile(Path path) {

  private static final int CACHE_KIB = 1 << 20;

  /** Stored landings keep their event. Their keys are random, as the digests they stand for. */
  private static final String STORED_LANDINGS = """
      WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < %d)
      INSERT INTO landfall_landing (digest, event, route, state, turn, recorded_at, opened_at,
        deadline, ended_at, attempts, event_type, entity, legal_entity, event_time, stream,
        control_number, receipts, failures, body)
      SELECT randomblob(16), hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-'
          || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6)),
        1, 1, 0, 1760000000000 + n, 1760000000000 + n,
        1760003600000 + n, 1760000000000 + n, 1, 'NAVAXDMFExportBusinessEvent',
        'Vendor groups', 'usmf', 1760000000000 + n, n %% 100,
        5637000000 + n, 1, 0, zeroblob(650)
      FROM number""";

  private static final String ROUTE =
      "INSERT INTO landfall_route (id, digest, name) VALUES (1, ?, 'exports')";

  private static final String RECEIPTS = """
      INSERT INTO landfall_receipt (landing, sink_hash, sink, location, byte_count)
      SELECT id, 1, 'folder /srv/exports',
        '/srv/exports/Vendor groups/usmf/2026-11-24/' || event || '.csv', 10240
      FROM landfall_landing WHERE state = 1""";

  private static final String KEYS = """
      INSERT INTO landfall_key (digest, landing)
      SELECT digest, id FROM landfall_landing ORDER BY digest""";

  private static final String KEYED =
      "UPDATE landfall_keyed SET landing = (SELECT max(id) FROM landfall_landing)";

  /**
   * {@return a file}
   *
   * @param path where it is
   */
  public static LedgerFile at(Path path) {
    return new LedgerFile(path);
  }

  /**
   * Makes a ledger that has landed many exports, each in one sink.
   *
   * @param stored how many
   * @throws IOException if it cannot be written
   */
  void create(int stored) throws IOException {
    JdbcLedger.sqlite(path).close();
    SQLiteConfig config = new SQLiteConfig();
    // Nobody is hurt if this is cut off; what is written is synced once, at the end.
    config.setJournalMode(SQLiteConfig.JournalMode.OFF);
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    config.setCacheSize(-CACHE_KIB);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try (PreparedStatement route = connection.prepareStatement(ROUTE)) {
        byte[] name = Traffic.ROUTE.getBytes(StandardCharsets.UTF_8);
        route.setBytes(1, Arrays.copyOf(Sha256.newDigest().digest(name), 16));
        route.executeUpdate();
      }
      statement.executeUpdate(STORED_LANDINGS.formatted(stored));
      statement.executeUpdate(RECEIPTS);
      statement.executeUpdate(KEYS);
      statement.executeUpdate(KEYED);
      connection.commit();
    } catch (SQLException failure) {
      throw new IOException("The ledger %s cannot be filled.".formatted(path), failure);
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * {@return how many landings it remembers, whatever became of them}
   *
   * @throws IOException if it cannot be read
   */
  public long landings() throws IOException {
    return count("SELECT count(*) FROM landfall_landing");
  }

  /**
   * {@return how many landings are stored}
   *
   * @throws IOException if it cannot be read
   */
  long stored() throws IOException {
    return count("SELECT count(*) FROM landfall_landing WHERE state = 1");
  }

  private long count(String query) throws IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException failure) {
      throw new IOException("The ledger %s cannot be read.".formatted(path), failure);
    }
  }
}
