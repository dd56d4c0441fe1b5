package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.emulator.data.DataFormat;
import dev.landfall.emulator.data.Entities;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

@Timeout(60)
class PackageFileTest {

  private static final String NAMESPACE =
      "http://schemas.microsoft.com/dynamics/2015/01/DataManagement";

  @TempDir
  Path folder;

  @Test
  void aPackageHasManifestHeaderAndEveryFile() throws Exception {
    Path given = Files.writeString(folder.resolve("rates.txt"), "EUR;1\r\n");
    DataProject project = DataProject.named("All & <more>")
        .format(DataFormat.XML)
        .entity(Entities.customerGroups(), 2)
        .entity(Entities.customerGroups(), 1)
        .file("Rates/day", given, 1);
    try (FinopsEmulator finops = FinopsEmulator.builder().start()) {
      Export export = finops.recurring(project).asPackage().run();
      assertEquals(4, export.records());
      assertEquals(export.sha256(), finops.recurring(project).asPackage().run().sha256());
      Map<String, byte[]> files = unzipped(Http.get(export.link()).body());
      assertEquals(
          List.of(
              "Manifest.xml",
              "PackageHeader.xml",
              "Customer groups.xml",
              "Customer groups 2.xml",
              "Rates_day.txt"),
          new ArrayList<>(files.keySet()));
      assertEquals("EUR;1\r\n", new String(file(files, "Rates_day.txt"), StandardCharsets.UTF_8));
      for (String name : List.of("Manifest.xml", "PackageHeader.xml")) {
        assertArrayEquals(
            new byte[] {(byte) 0xFF, (byte) 0xFE, '<', 0},
            Arrays.copyOf(file(files, name), 4),
            name);
      }
      Document header = parsed(file(files, "PackageHeader.xml"));
      assertEquals(List.of("DefinitionGroup"), texts(header, "PackageType"));
      Document manifest = parsed(file(files, "Manifest.xml"));
      assertEquals(List.of("All & <more>"), texts(manifest, "DefinitionGroupName"));
      assertEquals(
          List.of("Customer groups", "Customer groups", "Rates/day"),
          texts(manifest, "EntityName"));
      assertEquals(
          List.of("Customer groups.xml", "Customer groups 2.xml", "Rates_day.txt"),
          texts(manifest, "InputFilePath"));
      assertEquals(List.of("XML-Element", "XML-Element", "TXT"), texts(manifest, "SourceFormat"));
      List<String> fields = new ArrayList<>(Entities.customerGroups().fieldNames());
      fields.addAll(Entities.customerGroups().fieldNames());
      assertEquals(fields, texts(manifest, "XMLField"));
    }
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    return files.getOrDefault(name, new byte[0]);
  }

  private static Map<String, byte[]> unzipped(byte[] bytes) throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private static Document parsed(byte[] xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
  }

  private static List<String> texts(Document document, String name) {
    List<String> texts = new ArrayList<>();
    NodeList found = document.getElementsByTagNameNS(NAMESPACE, name);
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }
}
