package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.landfall.FolderSink;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ForeignFilesTest {

  @TestFactory
  Stream<DynamicTest> eachFileOfTheCsvSpectrumHasItsRecords() throws IOException {
    Path spectrum = ForeignFiles.folder("csv-spectrum");
    List<Path> files;
    try (Stream<Path> found = Files.list(spectrum.resolve("csvs"))) {
      files = found.sorted().toList();
    }
    assertEquals(11, files.size());
    return files.stream()
        .map(csv -> dynamicTest(csv.getFileName().toString(), () -> {
          String name = csv.getFileName().toString().replace(".csv", ".json");
          assertEquals(
              new ObjectMapper()
                  .readValue(
                      spectrum.resolve("json").resolve(name).toFile(),
                      new TypeReference<List<Map<String, String>>>() {}),
              records(csv));
        }));
  }

  @TestFactory
  Stream<DynamicTest> eachOfThemHasTheSameRecordsInEveryEncoding() throws IOException {
    Path spectrum = ForeignFiles.folder("csv-spectrum").resolve("csvs");
    List<Path> files;
    try (Stream<Path> found = Files.list(spectrum)) {
      files = found.sorted().toList();
    }
    return files.stream()
        .flatMap(csv -> Stream.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")
            .map(charset -> dynamicTest(csv.getFileName() + " in " + charset, () -> {
              String text = Files.readString(csv);
              Charset other = Charset.forName(charset);
              List<Map<String, @Nullable String>> expected = records(csv);
              assertEquals(expected, records(text.getBytes(other)));
              assertEquals(expected, records(ReadText.marked(text, other)));
            })));
  }

  @Test
  void theExportOfCustomersIsPlain() throws IOException {
    Path csv = ForeignFiles.folder("finops").resolve("customers-v3.csv");
    byte[] bytes = Files.readAllBytes(csv);
    assertEquals(
        3, ReadText.plain(DelimitedText.csv(), bytes, 1000).orElseThrow().records());
  }

  @Test
  void anExportOfCustomersHasThreeRowsOf212Columns() throws IOException {
    Path csv = ForeignFiles.folder("finops").resolve("customers-v3.csv");
    List<String> seen = new ArrayList<>();
    for (Map<String, @Nullable String> customer : records(csv)) {
      assertEquals(212, customer.size());
      seen.add(customer.get("CUSTOMERACCOUNT") + " of " + customer.get("DataAreaId"));
    }
    assertEquals(List.of("IMP-110143 of USMF", "IMP-110143 of GBSI"), seen.subList(0, 2));
    assertEquals(3, seen.size());
  }

  @Test
  void anExportedPackageLandsAsItsEntity(@TempDir Path spool) throws Exception {
    Path zip = ForeignFiles.folder("finops").resolve("asset-major-types-package.zip");
    ExportedFile file =
        ExportedFiles.in(spool).named("whatever it is called", Files.readAllBytes(zip));
    assertTrue(DataPackage.isPackage(file.path()));
    try (DataPackage packed = DataPackage.open(file)) {
      assertEquals("Asset-Major-Types", packed.manifest().definitionGroup());
      assertEquals("DefinitionGroup", packed.header().orElseThrow().packageType());
      PackageManifest.Entity entity = packed.manifest().entities().get(0);
      assertEquals("EXCEL", entity.sourceFormat());
      assertEquals(
          List.of(
              new PackageManifest.Field("DESCRIPTION", "DESCRIPTION", 0, false, false, false),
              new PackageManifest.Field("MAJORTYPEID", "MAJORTYPEID", 0, false, false, false)),
          entity.fields());
    }
    Path exports = Files.createDirectory(spool.resolve("exports"));
    Receipt receipt = PackageEntities.into(FolderSink.at(exports)).store(file);
    assertTrue(receipt.location().contains("Fixed asset major type"), receipt.location());
    assertTrue(receipt.location().endsWith(".xlsx"), receipt.location());
    assertEquals(8_863, Files.size(Path.of(receipt.location())));
    assertFalse(DataPackage.isPackage(Path.of(receipt.location())));
  }

  private static List<Map<String, @Nullable String>> records(Path csv) throws IOException {
    return records(Files.readAllBytes(csv));
  }

  private static List<Map<String, @Nullable String>> records(byte[] csv) throws IOException {
    Reading reading = Reading.of(DelimitedText.csv(), csv);
    List<Map<String, @Nullable String>> records = new ArrayList<>();
    for (List<@Nullable String> row : reading.rows()) {
      Map<String, @Nullable String> record = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        record.put(reading.names().get(i), row.get(i));
      }
      records.add(record);
    }
    return records;
  }
}
