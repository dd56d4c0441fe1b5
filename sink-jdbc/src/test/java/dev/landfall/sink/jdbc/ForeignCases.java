package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.format.PackageEntities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that others have made. */
interface ForeignCases extends TableSinkCase {

  @Test
  default void eachFileOfTheCsvSpectrumLandsAsItsRecords() throws Exception {
    Path spectrum = ForeignFiles.folder("csv-spectrum");
    List<Path> files;
    try (Stream<Path> found = Files.list(spectrum.resolve("csvs"))) {
      files = found.sorted().toList();
    }
    assertEquals(11, files.size());
    for (Path csv : files) {
      String name = csv.getFileName().toString().replace(".csv", "");
      List<Map<String, String>> expected = new ObjectMapper()
          .readerForListOf(Map.class)
          .readValue(spectrum.resolve("json").resolve(name + ".json").toFile());
      appending(name).store(files().named(name + ".csv", Files.readAllBytes(csv)));
      String[] names = expected.get(0).keySet().toArray(String[]::new);
      assertEquals(
          expected.stream().map(row -> String.join("|", row.values())).sorted().toList(),
          rows(name, names),
          name);
    }
  }

  @Test
  default void theEntityOfAnExportedPackageLandsAsRows() throws Exception {
    Receipt receipt = storeMajorTypes();
    assertEquals(11L, receipt.recordCount());
    assertEquals("table majors", receipt.location());
    assertEquals(receipt.recordCount(), storeMajorTypes().recordCount());
    List<String> majors = rows("majors", "MAJORTYPEID", "DESCRIPTION");
    assertEquals(11, majors.size());
    assertEquals("COMP|Computer hardware", majors.get(0));
  }

  private Receipt storeMajorTypes() throws Exception {
    Path zip = ForeignFiles.folder("finops").resolve("asset-major-types-package.zip");
    JdbcTableSink majors = into("majors").upsertBy("MAJORTYPEID").build();
    return PackageEntities.into(majors).store(packed(zip));
  }

  private ExportedFile packed(Path zip) throws IOException {
    return files().named("package.zip", Files.readAllBytes(zip));
  }
}
