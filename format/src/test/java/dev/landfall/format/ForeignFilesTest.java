package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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

  private static List<Map<String, @Nullable String>> records(Path csv) throws IOException {
    Reading reading = Reading.of(DelimitedText.csv(), Files.readAllBytes(csv));
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
