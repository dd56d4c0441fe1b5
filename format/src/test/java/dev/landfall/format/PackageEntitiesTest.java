package dev.landfall.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.FolderSink;
import dev.landfall.event.EventFilters;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Receipt;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.SinkException;
import dev.landfall.testkit.ExportedFiles;
import dev.landfall.testkit.FileSinkContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageEntitiesTest extends FileSinkContract {

  private static final String ID = "5F2B0D6E-94B5-4E10-A3C1-0B8E6D7C9A01";

  @TempDir
  Path spool;

  private final Recorder recorder = new Recorder();

  @Override
  protected FileSink openSink() {
    return PackageEntities.into(FolderSink.at(storage()));
  }

  @Override
  protected List<String> stored() throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(storage())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.add(storage().relativize(file) + " " + Files.readString(file));
      }
    }
    return all;
  }

  @Override
  protected byte[] content(int number) {
    return Packages.naming("A.csv", "B.csv")
        .file("A.csv", "ID\na" + number)
        .file("B.csv", "ID\nb" + number)
        .bytes();
  }

  @Override
  protected FileFormat format() {
    return new FileFormat("zip");
  }

  private ExportedFile file(ForgedZip zip) throws IOException {
    return ExportedFiles.in(spool).named("export.zip", zip.bytes());
  }

  private static ForgedZip three() {
    return Packages.naming("B.csv", "C.xlsx", "A.csv")
        .file("A.csv", "a")
        .file("B.csv", "bb")
        .file("C.xlsx", "ccc");
  }

  /** Keeps what it is handed, and counts a record for each byte. */
  private static final class Recorder implements FileSink {

    private final List<String> seen = new ArrayList<>();
    private final List<Path> paths = new ArrayList<>();

    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public Receipt store(ExportedFile file) throws IOException {
      paths.add(file.path());
      seen.add("%s %s %s %s %s"
          .formatted(
              file.event().entity().orElse(""),
              file.event().id().value().replace(ID, "ID"),
              file.name(),
              file.format(),
              Files.readString(file.path(), ISO_8859_1)));
      return Receipt.of("at " + file.name(), file).withRecords(file.length());
    }
  }

  @Test
  void eachEntityComesWithItsLabelItsNameItsFormatAndAnEventOfItsOwn() throws Exception {
    PackageEntities.into(recorder).store(file(three()));
    assertEquals(
        List.of("B ID-1 B.csv csv bb", "C ID-2 C.xlsx xlsx ccc", "A ID-3 A.csv csv a"),
        recorder.seen);
  }

  @Test
  void whatIsUnpackedLiesBesideThePackageUnderANameThatASpoolClears() throws Exception {
    ExportedFile file = file(three());
    PackageEntities.into(recorder).store(file);
    for (Path path : recorder.paths) {
      assertEquals(spool, path.getParent());
      assertTrue(path.getFileName().toString().matches("[0-9a-f]{32}-[0-9]+\\.part"));
    }
    assertEquals(List.of(file.path()), left());
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(spool)) {
      return files.toList();
    }
  }

  @Test
  void theReceiptHasAllPlacesTheLengthOfThePackageAndAllRecords() throws Exception {
    ExportedFile file = file(three());
    Receipt receipt = PackageEntities.into(recorder).store(file);
    assertEquals("at B.csv; at C.xlsx; at A.csv", receipt.location());
    assertEquals(file.length(), receipt.length());
    assertEquals(OptionalLong.of(6), receipt.records());
  }

  @Test
  void theReceiptOfASinkThatCountsNothingCountsNothing() throws Exception {
    Receipt receipt = openSink().store(file(three()));
    assertEquals(OptionalLong.empty(), receipt.records());
  }

  @Test
  void theReceiptOfManyEntitiesEndsWithHowManyPlacesAreLeftOut() throws Exception {
    String[] names = new String[200];
    for (int i = 0; i < names.length; i++) {
      names[i] = "entity number " + i + ".csv";
    }
    ForgedZip zip = Packages.naming(names);
    for (String name : names) {
      zip.file(name, "x");
    }
    String location = PackageEntities.into(recorder).store(file(zip)).location();
    assertTrue(location.length() < 1_100, location);
    assertTrue(location.endsWith(" more"), location);
    assertEquals(200, recorder.seen.size());
  }

  @Test
  void entitiesComeByUnitLevelAndSequence() throws Exception {
    String entities =
        Packages.entity("third", "3.csv").replace("<ExecutionUnit>1", "<ExecutionUnit>2")
            + Packages.entity("second", "2.csv").replace("<SequenceInLevel>3", "<SequenceInLevel>4")
            + Packages.entity("first", "1.csv");
    PackageEntities.into(recorder)
        .store(file(new ForgedZip()
            .file("Manifest.xml", Packages.manifestOf(entities))
            .file("1.csv", "x")
            .file("2.csv", "x")
            .file("3.csv", "x")));
    assertEquals(
        List.of("first ID-3 1.csv csv x", "second ID-2 2.csv csv x", "third ID-1 3.csv csv x"),
        recorder.seen);
  }

  @Test
  void entitiesThatAreNotWantedAreLeftOutAndKeepTheIdsOfTheOthers() throws Exception {
    PackageEntities sink = PackageEntities.into(recorder);
    sink.when(EventFilters.entity("A")).store(file(three()));
    assertEquals(List.of("A ID-3 A.csv csv a"), recorder.seen);
    Receipt none = sink.when(EventFilters.entity("D")).store(file(three()));
    assertTrue(none.location().contains("no entity of the package is wanted"), none.location());
    assertEquals(1, recorder.seen.size());
  }

  @Test
  void otherFilesAreHandedOnAsTheyAre() throws Exception {
    PackageEntities sink = PackageEntities.into(recorder).when(EventFilters.entity("A"));
    ExportedFile csv = ExportedFiles.in(spool).csv("x");
    ExportedFile workbook =
        file(new ForgedZip().file("[Content_Types].xml", "x").file("x", "y"));
    sink.store(csv);
    sink.store(workbook);
    assertEquals(List.of(csv.path(), workbook.path()), recorder.paths);
    assertEquals("Customer groups ID export.csv csv x", recorder.seen.get(0));
  }

  @Test
  void aPackageThatBreaksARuleIsRefusedBeforeAnythingIsStored() throws Exception {
    ExportedFile file = file(three().file("D.csv", "lost"));
    var refused = assertThrows(
        MalformedFileException.class, () -> PackageEntities.into(recorder).store(file));
    assertTrue(refused.getMessage().contains("\"D.csv\""), refused.getMessage());
    assertEquals(List.of(), recorder.seen);
  }

  @Test
  void limitsCanBeChanged() throws Exception {
    PackageEntities sink =
        PackageEntities.into(recorder).withLimits(PackageLimits.defaults().withMostEntries(4));
    assertThrows(MalformedFileException.class, () -> sink.store(file(three())));
    sink.store(file(Packages.ofOne()));
    assertEquals(1, recorder.seen.size());
  }

  @Test
  void aTryThatEndsBetweenTwoEntitiesIsRepairedByTheNext() throws Exception {
    ExportedFile file =
        file(Packages.naming("A.csv", "B.csv").file("A.csv", "a").file("B.csv", "b"));
    FileSink folder = FolderSink.at(storage());
    List<String> once = new ArrayList<>();
    FileSink failing = new FileSink() {
      @Override
      public String name() {
        return folder.name();
      }

      @Override
      public Receipt store(ExportedFile entity) throws Exception {
        if (entity.name().equals("B.csv") && once.isEmpty()) {
          once.add("failed");
          throw SinkException.unavailable("Power is cut.", null);
        }
        return folder.store(entity);
      }
    };
    assertThrows(SinkException.class, () -> PackageEntities.into(failing).store(file));
    assertEquals(1, stored().size());
    Receipt receipt = PackageEntities.into(failing).store(file);
    assertEquals(2, stored().size());
    assertEquals(receipt, openSink().store(file));
    assertEquals(2, stored().size());
    assertEquals(List.of(file.path()), left());
  }

  @Test
  void anInterruptEndsTheAttemptAndLeavesNothing() throws Exception {
    ExportedFile file = file(three());
    Thread.currentThread().interrupt();
    assertThrows(
        InterruptedException.class, () -> PackageEntities.into(recorder).store(file));
    assertFalse(Thread.interrupted(), "told by the exception");
    assertEquals(List.of(file.path()), left());
  }

  @Test
  void anInterruptWhileUnpackingEndsTheAttemptAndLeavesNothing() throws Exception {
    ExportedFile file = file(three());
    FileSink interrupting = new FileSink() {
      @Override
      public String name() {
        return "interrupting";
      }

      @Override
      public Receipt store(ExportedFile entity) {
        Thread.currentThread().interrupt();
        return Receipt.of("nowhere", entity);
      }
    };
    assertThrows(
        InterruptedException.class, () -> PackageEntities.into(interrupting).store(file));
    assertFalse(Thread.interrupted(), "told by the exception");
    assertEquals(List.of(file.path()), left());
  }

  @Test
  void theNameHasThatOfTheInnerSink() {
    assertEquals("entities into recorder", PackageEntities.into(recorder).name());
  }

  @Test
  void anIdThatIsTooLongForMoreIsShortened() throws Exception {
    String id = "x".repeat(128);
    ExportedFile file = ExportedFiles.in(spool)
        .withEventId(id)
        .named("export.zip", Packages.ofOne().bytes());
    PackageEntities.into(recorder).store(file);
    assertTrue(
        recorder.seen.get(0).matches("A [0-9a-f]{64}-1 A.csv csv ID\n1\n"), recorder.seen.get(0));
  }
}
