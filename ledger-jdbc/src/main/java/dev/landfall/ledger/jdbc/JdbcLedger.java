package dev.landfall.ledger.jdbc;

import dev.landfall.event.RawEvent;
import dev.landfall.file.Sha256;
import dev.landfall.ledger.jdbc.Reports.Found;
import dev.landfall.spi.Backlog;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.LedgerException;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A durable ledger in a database: a SQLite file of one pipeline, or a server that many share.
 *
 * <p><b>Tables.</b> Their names begin with {@code landfall_}. On a server {@link LedgerSchema}
 * creates them on request; a SQLite file is created when it is opened.
 *
 * <p><b>Durability.</b> What a call confirms is committed, and survives a kill; whether a commit
 * survives a power cut is the database's promise:
 *
 * <ul>
 *   <li>SQLite keeps it: the file is kept with {@code journal_mode=WAL} and
 *       {@code synchronous=NORMAL}, and before a call returns or a stage completes, the ledger has
 *       synced the log itself, which is all that {@code FULL} would add (<a
 *       href="https://sqlite.org/pragma.html#pragma_synchronous">SQLite's documentation of
 *       synchronous</a>). Only claims, renewals and what changes nothing do not wait for that: they
 *       survive a kill, and a claim that a power cut takes was nobody's any more. After a sync that
 *       failed every call fails, until the ledger is opened anew. On macOS the drive's own cache is
 *       emptied too. This holds on a local disk only: <a href="https://sqlite.org/wal.html">a
 *       write-ahead log does not work over a network file system</a>.
 *   <li>PostgreSQL keeps it with {@code fsync} and {@code full_page_writes}, which are on unless
 *       somebody changed it, and are warned about in the log otherwise, and with
 *       {@code synchronous_commit}, which the ledger turns on for its connection where it is off.
 *   <li>MariaDB and MySQL keep it with {@code innodb_flush_log_at_trx_commit=1}, the default;
 *       anything else is warned about. MySQL shares MariaDB's dialect; it is not among the
 *       databases that the tests run on.
 *   <li>H2 does not promise it (<a
 *       href="https://h2database.com/html/advanced.html#durability_problems">its documentation of
 *       durability</a>); keep a ledger in it for tests only.
 * </ul>
 *
 * <p>All this holds as far as the disk does what it says.
 *
 * <p><b>Sharing.</b> On a server any number of instances may work on the same tables. A claim
 * passes over what another instance is just claiming; of a line only one landing is handed out
 * whichever instance asks; what a dead instance had claimed is taken over when its lease is over.
 * Instances tell leases by the time they are called with, so their clocks should agree to a few
 * seconds. A transaction that others are in the way of is repeated.
 *
 * <p><b>Connections.</b> On a server it works on one connection, taken from the DataSource with the
 * first call and kept until the ledger is closed or the connection breaks. Then the calls under way
 * fail with a {@link LedgerException}, and the next ones are tried on a new connection, so that a
 * server that comes back needs nobody's help. It runs at READ COMMITTED, waits at most 5 s for a
 * row that is locked, and has the server end a transaction that is left alone for a minute where
 * the server can. An answer that does not come within 2 minutes is given up, unless the DataSource
 * says otherwise. Give the DataSource time-outs besides, so that nothing waits for ever for a
 * server that is silent: for PostgreSQL
 * {@code connectTimeout=10&socketTimeout=60&tcpKeepAlive=true}, for MariaDB
 * {@code connectTimeout=10000&socketTimeout=60000&tcpKeepAlive=true}, and in a pool a time-out for
 * handing out a connection of some seconds. A pool must not take the connection for leaked because
 * it is kept.
 *
 * <p><b>Speed.</b> One thread writes for all callers and commits together what came together, so
 * that many callers share one wait for the disk, and on a server most round trips. While another
 * waits for the disk of a SQLite file, the next are written. A delivery that finds 64 MiB waiting
 * is turned away at once with a {@link LedgerException}; claims and their outcomes never are. What
 * a ledger holds of ended landings does not slow it down.
 *
 * <p><b>Threads.</b> The stages of {@link #record} and {@link #bury} complete on one thread of the
 * ledger that does nothing else: what is hung on them keeps other answers waiting, not the writing,
 * and counts as waiting until it is done. The other calls return when they are confirmed; an
 * interrupt does not end them early.
 *
 * <p><b>Texts.</b> U+FFFD is kept for the character NUL and for half of a surrogate pair.
 *
 * <p><b>Secrets.</b> The body of an event may hold a signed link until its landing is stored or
 * discarded, and is replaced by one without it then. In a SQLite file it is wiped
 * ({@code secure_delete}), and from the log beside it, which is reused and gone after
 * {@link #close()}, some time later. On a server it stays in old versions of rows, logs and copies
 * as the server keeps them.
 */
public final class JdbcLedger implements Ledger {

  private static final int WAITING_KIB = 64 * 1024;

  private final GroupCommit commits;

  private JdbcLedger(Database database, int waitingKib) {
    this.commits = new GroupCommit(database, waitingKib);
  }

  /**
   * Opens the ledger in a SQLite file, which is created, with its folder and the tables, if it is
   * not there or empty: to name a file of its own is the request for them. One of an older version
   * is not changed.
   *
   * <p>One pipeline can have it open at a time; it holds a lock on a file of the same name with
   * {@code .lock} at its end, which the end of the process gives back however it comes. So a claim
   * that is found when the file is opened is nobody's any more: its landing can be claimed at once.
   *
   * @param file where, on a local disk
   * @return the ledger, to be closed
   * @throws LedgerException if the file cannot be created, read or written now, or another pipeline
   *     has it open
   * @throws IllegalStateException if the file holds something else, or a ledger of another version;
   *     {@link LedgerSchema#migrate} changes an older one
   * @throws IllegalArgumentException if it is a folder
   */
  public static JdbcLedger sqlite(Path file) {
    return on(SqliteFile.open(file), WAITING_KIB);
  }

  static JdbcLedger on(SqliteFile file, int waitingKib) {
    try {
      if (file.schema().version(file.connection()).isEmpty()) {
        file.schema().create(file.connection());
      }
      file.schema().require(file.connection());
      // Nobody else has the file, so whoever had claimed something is gone.
      Dialect.execute(file.connection(), Sql.WAKE_CLAIMED);
      return started(file, waitingKib);
    } catch (SQLException failure) {
      file.close();
      throw file.failure(failure);
    } catch (RuntimeException failure) {
      file.close();
      throw failure;
    }
  }

  /**
   * Opens the ledger on a database server, which any number of instances may share, or in H2.
   *
   * @param dataSource of PostgreSQL, MariaDB 10.6, MySQL 8 or H2 2.2, or newer; see above which
   *     time-outs it needs. It stays its owner's and is not closed
   * @return the ledger, to be closed
   * @throws LedgerException if the database cannot be reached now
   * @throws IllegalStateException if the tables are not there, or of another version;
   *     {@link LedgerSchema} creates and changes them
   * @throws IllegalArgumentException if the ledger cannot be kept in this database
   */
  public static JdbcLedger on(DataSource dataSource) {
    return started(Server.open(dataSource), WAITING_KIB);
  }

  private static JdbcLedger started(Database database, int waitingKib) {
    JdbcLedger ledger = new JdbcLedger(database, waitingKib);
    ledger.commits.start();
    return ledger;
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public CompletionStage<List<Recorded>> record(List<Landing> landings) {
    int bytes = landings.stream().mapToInt(landing -> landing.body().length()).sum();
    return commits.submit(bytes, new Recording(landings));
  }

  @Override
  public CompletionStage<Void> bury(RawEvent body, Failure failure) {
    byte[] digest = digest(body);
    return commits
        .submit(body.length(), tables -> {
          tables.intake().bury(body, digest, failure);
          return tables;
        })
        .thenAccept(done -> {});
  }

  private static byte[] digest(RawEvent body) {
    return Sha256.newDigest().digest(body.toByteArray());
  }

  @Override
  public List<Claim> claim(int most, Set<String> routes, Instant now, Instant leasedUntil) {
    requirePositive(most);
    if (routes.isEmpty()) {
      throw new IllegalArgumentException(
          "A claim names the routes whose landings it takes, and here is none.");
    }
    Set<String> ours = Set.copyOf(routes);
    long secret = UUID.randomUUID().getLeastSignificantBits();
    return commits.run(
        false, tables -> tables.claims().claim(most, ours, now, leasedUntil, secret));
  }

  @Override
  public boolean renew(Claim claim, Instant leasedUntil) {
    return commits.run(
        false,
        Operation.inLines(
            Claims.linesOf(claim), tables -> tables.claims().renew(claim, leasedUntil)));
  }

  @Override
  public boolean settle(Claim claim, Settlement settlement, Instant now) {
    return commits.run(
        true,
        Operation.inLines(
            Claims.linesOf(claim), tables -> tables.claims().settle(claim, settlement, now)));
  }

  @Override
  public Backlog backlog() {
    return commits.run(false, tables -> tables.reports().backlog());
  }

  @Override
  public List<DeadLetter> deadLetters(int most) {
    requirePositive(most);
    return commits.run(false, tables -> tables.reports().deadLetters(most));
  }

  /** {@inheritDoc} It looks at a thousand at a time and lets others work in between. */
  @Override
  public List<LandingReport> find(LandingQuery query, int most) {
    requirePositive(most);
    List<LandingReport> reports = new ArrayList<>();
    Found last = Found.NONE;
    while (reports.size() < most) {
      int missing = most - reports.size();
      Found from = last;
      List<Found> passed =
          commits.run(false, tables -> tables.reports().search(query, missing, from));
      if (passed.isEmpty()) {
        break;
      }
      last = passed.get(passed.size() - 1);
      List<Long> fitting =
          passed.stream().filter(Found::fits).limit(missing).map(Found::number).toList();
      reports.addAll(commits.run(false, tables -> tables.reports().reports(fitting)));
    }
    return List.copyOf(reports);
  }

  @Override
  public Optional<LandingReport> find(LandingId id) {
    return commits.run(false, tables -> tables.reports().find(id));
  }

  @Override
  public boolean reopen(LandingId id, Set<String> sinks, @Nullable Instant deadline, Instant now) {
    Set<String> ours = Set.copyOf(sinks);
    return commits.run(true, tables -> tables.upkeep().reopen(id, ours, deadline, now));
  }

  @Override
  public boolean discard(LandingId id, String remark, RawEvent body, Instant now) {
    return commits.run(true, tables -> tables.upkeep().discard(id, remark, body, now));
  }

  @Override
  public boolean exhume(RawEvent body) {
    byte[] digest = digest(body);
    return commits.run(true, tables -> tables.upkeep().exhume(digest));
  }

  @Override
  public int purge(Instant endedBefore, int most) {
    requirePositive(most);
    return commits.run(true, tables -> tables.upkeep().purge(endedBefore, most));
  }

  private static void requirePositive(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("At least 1 can be asked for, not " + most + ".");
    }
  }

  @Override
  public void close() {
    commits.close();
  }
}
