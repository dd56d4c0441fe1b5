package dev.landfall.ledger.jdbc;

import dev.landfall.event.RawEvent;
import dev.landfall.file.Sha256;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.LedgerException;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * A durable ledger in a database.
 *
 * <p><b>Durability.</b> What a call confirms is on disk: the file is kept with
 * {@code journal_mode=WAL} and {@code synchronous=FULL}, with which SQLite waits for the disk on
 * every commit, so that a commit survives a kill and a power cut (<a
 * href="https://sqlite.org/pragma.html#pragma_synchronous">SQLite's documentation of
 * synchronous</a>). Only claims and renewals are committed with {@code NORMAL}: they survive a
 * kill, and one that a power cut takes was nobody's any more. On macOS {@code fullfsync} empties
 * the drive's own cache too. This holds as far as the disk does what it says, and on a local disk
 * only: <a href="https://sqlite.org/wal.html">a write-ahead log does not work over a network file
 * system</a>.
 *
 * <p><b>Speed.</b> One thread writes for all callers and commits together what came together, so
 * that many callers share one wait for the disk. A delivery that finds 64 MiB waiting is turned
 * away at once with a {@link LedgerException}; claims and their outcomes never are.
 *
 * <p><b>Threads.</b> The stages of {@link #record} and {@link #bury} complete on one thread of the
 * ledger that does nothing else: what is hung on them keeps other answers waiting, not the writing,
 * and counts as waiting until it is done. The other calls return when they are committed; an
 * interrupt does not end them early.
 *
 * <p><b>Secrets.</b> The body of an event may hold a signed link. It is wiped from the database
 * when its landing is stored ({@code secure_delete}), and from the log beside it, which is reused
 * and gone after {@link #close()}, some time later.
 */
public final class JdbcLedger implements Ledger {

  private static final int WAITING_KIB = 64 * 1024;

  private final SqliteFile file;
  private final Landings landings;
  private final GroupCommit commits;

  private JdbcLedger(SqliteFile file, int waitingKib) throws SQLException {
    Statements statements = new Statements(file.connection());
    // Nobody else has the file, so whoever had claimed something is gone.
    statements.update(Sql.WAKE_CLAIMED);
    this.file = file;
    this.landings = new Landings(statements);
    this.commits = new GroupCommit(statements, file, waitingKib);
  }

  /**
   * Opens the ledger in a SQLite file, which is created, with its folder, if it is not there.
   *
   * <p>One pipeline can have it open at a time; it holds a lock on a file of the same name with
   * {@code .lock} at its end, which the end of the process gives back however it comes. So a claim
   * that is found when the file is opened is nobody's any more: its landing can be claimed at once.
   *
   * @param file where, on a local disk
   * @return the ledger, to be closed
   * @throws LedgerException if the file cannot be created, read or written now, or another pipeline
   *     has it open
   * @throws IllegalStateException if the file holds something else, or a ledger of another version
   * @throws IllegalArgumentException if it is a folder
   */
  public static JdbcLedger sqlite(Path file) {
    return on(SqliteFile.open(file), WAITING_KIB);
  }

  static JdbcLedger on(SqliteFile file, int waitingKib) {
    try {
      JdbcLedger ledger = new JdbcLedger(file, waitingKib);
      ledger.commits.start();
      return ledger;
    } catch (SQLException failure) {
      file.close();
      throw file.failure(failure);
    }
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public CompletionStage<List<Recorded>> record(List<Landing> those) {
    List<Landing> ours = List.copyOf(those);
    int bytes = ours.stream().mapToInt(landing -> landing.body().length()).sum();
    return commits.submit(bytes, () -> landings.record(ours));
  }

  @Override
  public CompletionStage<Void> bury(RawEvent body, Failure failure) {
    byte[] digest = Sha256.newDigest().digest(body.toByteArray());
    return commits
        .submit(body.length(), () -> landings.bury(body, digest, failure))
        .thenAccept(done -> {});
  }

  @Override
  public List<Claim> claim(int most, Instant now, Instant leasedUntil) {
    requirePositive(most);
    String token = UUID.randomUUID().toString();
    return commits.run(false, () -> landings.claim(most, now, leasedUntil, token));
  }

  @Override
  public boolean renew(Claim claim, Instant leasedUntil) {
    return commits.run(false, () -> landings.renew(claim, leasedUntil));
  }

  @Override
  public boolean settle(Claim claim, Settlement settlement) {
    return commits.run(true, () -> landings.settle(claim, settlement));
  }

  @Override
  public List<DeadLetter> deadLetters(int most) {
    requirePositive(most);
    return commits.run(false, () -> landings.deadLetters(most));
  }

  private static void requirePositive(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("At least 1 can be asked for, not " + most + ".");
    }
  }

  @Override
  public void close() {
    commits.close();
    file.close();
  }
}
