package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.LandfallException;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Receipt;
import dev.landfall.file.Sha256;
import dev.landfall.spi.FileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link FileSink} must pass; the test of an implementation extends it and switches
 * nothing off.
 *
 * <p>Each case runs in an instance of its own and begins with empty storage. A sink that is busy
 * may say so with a retryable exception, and is asked again a few times as the pipeline would.
 */
public abstract class FileSinkContract {

  private static final int TRIES = 20;

  @TempDir
  private Path root;

  private Path exports;
  private Path storage;
  private ExportedFiles files;

  /** For the test that extends it. */
  protected FileSinkContract() {}

  /**
   * {@return a new instance of the sink over the storage of this case}
   *
   * <p>Called more than once in a case, as a restart does; all instances see the same storage.
   *
   * @throws Exception fails the case
   */
  protected abstract FileSink openSink() throws Exception;

  /**
   * {@return all that is in the storage of this case in any order, one text for each file or record
   * with its content, without what may differ from one time of storing to the next}
   *
   * <p>Nothing is stored while it is called.
   *
   * @throws Exception fails the case
   */
  protected abstract List<String> stored() throws Exception;

  /**
   * {@return the bytes of a file that the sink takes and that holds at least one record, none
   * twice}
   *
   * @param number from 0; files of two numbers have no record in common
   */
  protected abstract byte[] content(int number);

  /** {@return the format of {@link #content}; CSV unless overridden} */
  protected FileFormat format() {
    return FileFormat.CSV;
  }

  /**
   * {@return an empty folder for storage that lies in a folder; the contract looks that nothing
   * appears beside it}
   */
  protected final Path storage() {
    return storage;
  }

  @BeforeEach
  final void makeFolders() throws IOException {
    storage = Files.createDirectories(root.resolve("a/b/c/storage"));
    exports = Files.createDirectories(root.resolve("exports"));
    files = ExportedFiles.in(exports);
  }

  @Test
  void aFileIsStoredAndTheReceiptTellsWhereAndHowMuch() throws Exception {
    ExportedFile file = file(0);
    Receipt receipt = openSink().store(file);
    assertEquals(file.length(), receipt.length());
    assertFalse(receipt.location().isBlank());
    assertFalse(storedOnce().isEmpty());
  }

  @Test
  void aLookBeforeTheFirstFileFindsNothingWrongAndStoresNothing() throws Exception {
    FileSink sink = openSink();
    sink.check();
    sink.store(file(0));
    Set<String> before = storedOnce();
    sink.check();
    assertEquals(before, storedOnce());
  }

  @Test
  void theSameEventTwiceLeavesWhatOnceDoesAndGivesAnEqualReceipt() throws Exception {
    FileSink sink = openSink();
    Receipt first = sink.store(file(0));
    Set<String> once = storedOnce();
    assertEquals(first, sink.store(file(0)));
    assertEquals(once, storedOnce());
  }

  @Test
  void theSameEventAfterARestartLeavesWhatOnceDoesAndGivesAnEqualReceipt() throws Exception {
    Receipt first = openSink().store(file(0));
    Set<String> once = storedOnce();
    assertEquals(first, openSink().store(file(0)));
    assertEquals(once, storedOnce());
  }

  @Test
  void theSameEventAgainAfterAnotherOneGivesAnEqualReceiptAndLosesNothing() throws Exception {
    FileSink sink = openSink();
    Receipt first = sink.store(file(0));
    sink.store(file(1));
    Set<String> both = storedOnce();
    assertEquals(first, sink.store(file(0)));
    assertEquals(both, storedOnce());
  }

  @Test
  void theSameEventAtOnceLeavesWhatOnceDoesAndGivesEqualReceipts() throws Exception {
    FileSink sink = openSink();
    ExportedFile file = file(0);
    List<Receipt> receipts =
        AtOnce.on(2, thread -> storePatiently(thread == 0 ? sink : openSink(), file));
    assertEquals(receipts.get(0), receipts.get(1));
    Set<String> afterBoth = storedOnce();
    assertEquals(receipts.get(0), sink.store(file));
    assertEquals(afterBoth, storedOnce());
  }

  @Test
  void differentEventsAtOnceLeaveWhatOneAfterTheOtherDoes() throws Exception {
    FileSink sink = openSink();
    List<ExportedFile> all = List.of(file(0), file(1), file(2), file(3));
    List<Receipt> receipts = AtOnce.on(all.size(), thread -> storePatiently(sink, all.get(thread)));
    Set<String> afterAll = storedOnce();
    assertTrue(afterAll.size() >= all.size(), "four files, and stored is " + afterAll);
    for (int i = 0; i < all.size(); i++) {
      assertEquals(receipts.get(i), sink.store(all.get(i)));
    }
    assertEquals(afterAll, storedOnce());
  }

  @Test
  void twoDifferentEventsAreBothStored() throws Exception {
    FileSink sink = openSink();
    sink.store(file(0));
    Set<String> one = storedOnce();
    sink.store(file(1));
    assertHasAllOfAndMore(one, storedOnce(), "a second event");
  }

  @Test
  void theNameIsNotBlankAndStaysTheSame() throws Exception {
    FileSink sink = openSink();
    String name = sink.name();
    assertFalse(name.isBlank());
    assertEquals(1, name.lines().count(), "lines of " + name);
    sink.store(file(0));
    assertEquals(name, sink.name());
    assertEquals(name, openSink().name());
  }

  @Test
  void hostileNamesDoNoHarmAndLoseNothing() throws Exception {
    FileSink sink = openSink();
    List<String> names = HostileNames.all(root.resolve("outside"));
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Set<String> before = storedOnce();
      Set<Path> around = aroundStorage();
      ExportedFile file = files
          .withEventId("event-" + i)
          .withEntity(name)
          .withLegalEntity(HostileNames.asCompany(name))
          .named(name, format(), content(i));
      Receipt receipt = sink.store(file);
      assertHasAllOfAndMore(before, storedOnce(), HostileNames.shown(name));
      around.add(file.path());
      assertEquals(
          around, aroundStorage(), () -> "beside the storage after " + HostileNames.shown(name));
      assertEquals(receipt, sink.store(file), () -> "again " + HostileNames.shown(name));
    }
  }

  @Test
  void noSignatureGetsIntoAReceipt() throws Exception {
    FileSink sink = openSink();
    assertFalse(sink.store(file(0)).toString().contains(ExportedFiles.SIGNATURE));
    assertFalse(sink.name().contains(ExportedFiles.SIGNATURE));
    assertFalse(storedOnce().toString().contains(ExportedFiles.SIGNATURE));
  }

  @Test
  void anEmptyFileIsStoredOrRefusedForGood() throws Exception {
    FileSink sink = openSink();
    sink.store(file(0));
    Set<String> before = storedOnce();
    ExportedFile empty = files.withEventId("event-empty").named("empty", format(), new byte[0]);
    try {
      Receipt receipt = sink.store(empty);
      assertEquals(0, receipt.length());
      assertEquals(receipt, sink.store(empty));
    } catch (LandfallException refused) {
      assertFalse(refused.retryable(), "an empty file does not fill up by waiting");
      assertEquals(before, storedOnce());
    }
    assertTrue(storedOnce().containsAll(before));
  }

  @Test
  void theFileIsNeitherChangedNorRemoved() throws Exception {
    ExportedFile file = file(0);
    openSink().store(file);
    byte[] after = Files.readAllBytes(file.path());
    assertAll(
        () -> assertEquals(file.length(), after.length),
        () -> assertEquals(file.sha256(), Sha256.of(after)));
  }

  @Test
  void aFileThatCannotBeReadLeavesNothingAndIsStoredOnceItCan() throws Exception {
    FileSink sink = openSink();
    sink.store(file(0));
    Set<String> before = storedOnce();
    ExportedFile file = file(1);
    byte[] bytes = Files.readAllBytes(file.path());
    Files.delete(file.path());
    assertThrows(Exception.class, () -> sink.store(file));
    assertEquals(before, storedOnce());
    Files.write(file.path(), bytes);
    Receipt receipt = sink.store(file);
    assertHasAllOfAndMore(before, storedOnce(), "the file");
    assertEquals(receipt, sink.store(file));
  }

  /** {@return all that is stored, of which nothing is there twice} */
  private Set<String> storedOnce() throws Exception {
    List<String> all = stored();
    Set<String> different = new TreeSet<>(all);
    assertEquals(different.size(), all.size(), () -> "something is stored twice: " + all);
    return different;
  }

  private ExportedFile file(int number) throws IOException {
    return files.withEventId("event-" + number).named("export", format(), content(number));
  }

  private static void assertHasAllOfAndMore(Set<String> before, Set<String> after, String what) {
    assertTrue(
        after.containsAll(before), () -> what + " changed or removed what was stored before");
    assertNotEquals(before, after, () -> what + " is not stored");
  }

  private Set<Path> aroundStorage() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return new TreeSet<>(all.filter(path -> !path.startsWith(storage)).toList());
    }
  }

  private static Receipt storePatiently(FileSink sink, ExportedFile file) throws Exception {
    for (int tried = 1; ; tried++) {
      try {
        return sink.store(file);
      } catch (LandfallException busy) {
        if (!busy.retryable() || tried == TRIES) {
          throw busy;
        }
      }
    }
  }
}
