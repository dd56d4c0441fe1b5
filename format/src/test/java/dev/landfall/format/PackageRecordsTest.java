package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the manifest of a package tells of the records in it. */
class PackageRecordsTest {

  @TempDir
  Path spool;

  /** Remembers what it is given. */
  private static final class Rows implements RecordSink {

    private final List<String> tables = new ArrayList<>();

    @Override
    public String name() {
      return "rows";
    }

    @Override
    public Receipt store(ExportedFile file) {
      tables.add("as it is");
      return Receipt.of("rows", file);
    }

    @Override
    public Receipt store(ExportedFile file, RecordFormat format) throws IOException {
      tables.add(FormatCorpus.table(format, file, "refused"));
      return Receipt.of("rows", file);
    }
  }

  private List<String> stored(byte[] bytes) throws Exception {
    Rows rows = new Rows();
    PackageEntities.into(rows).store(ExportedFiles.in(spool).named("export", bytes));
    return rows.tables;
  }

  private static String entity(String fileName, String sheet, String fields) {
    return Packages.entity(fileName, fileName)
        .replaceFirst(
            "<EntityMapList>.*</EntityMapList>", "<EntityMapList>" + fields + "</EntityMapList>")
        .replace("<ExcelSheetName />", "<ExcelSheetName>" + sheet + "</ExcelSheetName>");
  }

  private static String field(String entityField, String fileField, int arrayIndex) {
    return "<EntityMap><ArrayIndex>" + arrayIndex + "</ArrayIndex><EntityField>" + entityField
        + "</EntityField><XMLField>" + fileField + "</XMLField></EntityMap>";
  }

  private static ForgedZip packed(String entities) {
    return new ForgedZip().file("Manifest.xml", Packages.manifestOf(entities));
  }

  @Test
  void anExportedPackageHasTheRecordsOfItsEntity() throws Exception {
    Path zip = ForeignFiles.folder("finops").resolve("asset-major-types-package.zip");
    String table = stored(Files.readAllBytes(zip)).get(0);
    assertTrue(
        table.startsWith("[MAJORTYPEID, DESCRIPTION] 2[COMP, Computer hardware]"
            + " 3[DEV_LAND, Developed Land] 4[LEASE_BUILD, Leased Buildings]"),
        table);
    assertTrue(table.contains(" 12["), table);
  }

  @Test
  void valuesComeUnderTheNamesOfTheEntity() throws Exception {
    assertEquals(
        List.of("[GROUPID, Name] 2[1, a]", "[GROUPID, NAME] 1[2, b]"),
        stored(packed(
                entity("A.csv", "", field("GROUPID", "group id", 0) + field("NAME", "Name", 0))
                    + entity("B.xml", "", field("GROUPID", "ID", 0)))
            .file("A.csv", "Group Id,Name\n1,a\n")
            .file("B.xml", "<D><R><ID>2</ID><NAME>b</NAME></R></D>")
            .bytes()));
  }

  @Test
  void namesThatAreSwappedAreSwapped() throws Exception {
    assertEquals(
        List.of("[B, A] 2[1, 2]"),
        stored(packed(entity("A.csv", "", field("A", "B", 0) + field("B", "A", 0)))
            .file("A.csv", "A,B\n1,2\n")
            .bytes()));
  }

  @Test
  void namesThatWouldBecomeOneAreLeft() throws Exception {
    assertEquals(
        List.of("[A, B] 2[1, 2]", "[L_1, L_2] 2[1, 2]"),
        stored(packed(entity("A.csv", "", field("B", "A", 0))
                + entity("B.csv", "", field("L", "L_1", 1) + field("L", "L_2", 2)))
            .file("A.csv", "A,B\n1,2\n")
            .file("B.csv", "L_1,L_2\n1,2\n")
            .bytes()));
  }

  @Test
  void theManifestNamesTheSheet() throws Exception {
    byte[] workbook = Workbooks.shell("<sheets>" + Workbooks.SHEETS
            + "<sheet name=\"Two\" sheetId=\"2\" r:id=\"r2\"/></sheets>")
        .file("xl/worksheets/one.xml", Workbooks.sheet(Workbooks.row(1, "A")))
        .file(
            "xl/worksheets/two.xml", Workbooks.sheet(Workbooks.row(1, "B") + Workbooks.row(2, "1")))
        .bytes();
    for (String sheet : List.of("Two", "two$")) {
      assertEquals(
          List.of("[B] 2[1]"),
          stored(packed(entity("A.xlsx", sheet, ""))
              .file("A.xlsx", workbook, e -> {})
              .bytes()));
    }
  }

  @Test
  void aFileThatIsNoPackageIsHandedOnAsItIs() throws Exception {
    assertEquals(
        List.of("as it is"), stored("A\n1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }
}
