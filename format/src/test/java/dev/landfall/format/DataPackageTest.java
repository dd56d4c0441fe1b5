package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Sha256;
import dev.landfall.format.PackageManifest.Entity;
import dev.landfall.format.PackageManifest.Field;
import dev.landfall.testkit.ExportedFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataPackageTest {

  @TempDir
  Path folder;

  private ExportedFile file(ForgedZip zip) throws IOException {
    return ExportedFiles.in(folder).named("package", zip.bytes());
  }

  @Test
  void theManifestAndTheHeaderAreRead() throws Exception {
    try (DataPackage packed = DataPackage.open(file(Packages.ofOne()))) {
      assertEquals(
          new PackageManifest(
              "Project",
              "All",
              List.of(new Entity(
                  "A",
                  "A.csv",
                  "CSV",
                  "",
                  1,
                  2,
                  3,
                  List.of(new Field("ID", "ID", 0, true, true, false))))),
          packed.manifest());
      assertEquals(
          Optional.of(new DataPackage.Header("All", "M", "DefinitionGroup", "1")), packed.header());
    }
  }

  @Test
  void theFileOfAnEntityHasItsLengthItsDigestAndTheFormatThatItsNameTells() throws Exception {
    try (DataPackage packed = DataPackage.open(file(Packages.ofOne()))) {
      Entity entity = packed.manifest().entities().get(0);
      ExportedFile unpacked = packed.unpack(entity, file -> file);
      assertEquals(5, unpacked.length());
      assertEquals(Sha256.of("ID\n1\n".getBytes(StandardCharsets.UTF_8)), unpacked.sha256());
      assertEquals(FileFormat.CSV, unpacked.format());
    }
  }

  @Test
  void anEntityOfAnotherPackageIsNotUnpacked() throws Exception {
    ExportedFile other = file(Packages.naming("B.csv").file("B.csv", "x"));
    try (DataPackage packed = DataPackage.open(file(Packages.ofOne()));
        DataPackage stranger = DataPackage.open(other)) {
      Entity entity = stranger.manifest().entities().get(0);
      assertThrows(IllegalArgumentException.class, () -> packed.unpack(entity, file -> file));
    }
  }

  @Test
  void whatIsNoPackageCannotBeOpened() throws IOException {
    ExportedFile zip = file(new ForgedZip().file("A.csv", "x"));
    var refused = assertThrows(MalformedFileException.class, () -> DataPackage.open(zip));
    assertTrue(refused.getMessage().contains("Manifest.xml"), refused.getMessage());
    ExportedFile text = ExportedFiles.in(folder).csv("ID\n");
    assertThrows(MalformedFileException.class, () -> DataPackage.open(text));
  }

  @Test
  void noSignatureInANameGetsIntoAMessage() throws IOException {
    ExportedFile zip = file(Packages.ofOne().file("B.csv?sig=secret", "x"));
    var refused = assertThrows(MalformedFileException.class, () -> DataPackage.open(zip));
    assertTrue(refused.getMessage().contains("\"B.csv?...\""), refused.getMessage());
  }

  @Test
  void aDiskThatCannotBeReadIsNoFaultOfTheManifest() throws IOException {
    InputStream broken = InputStream.nullInputStream();
    broken.close();
    byte[] begin = Packages.manifest("A.csv".repeat(9_999)).getBytes(StandardCharsets.UTF_8);
    InputStream bytes = new SequenceInputStream(new ByteArrayInputStream(begin, 0, 40_000), broken);
    var failed = assertThrows(
        IOException.class, () -> PackageXmlFiles.manifest(bytes, PackageLimits.defaults()));
    assertEquals("Stream closed", failed.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 2_000_000_000})
  void aLimitOutOfRangeIsRefused(int value) {
    PackageLimits limits = PackageLimits.defaults();
    var refused = assertThrows(IllegalArgumentException.class, () -> limits.withMostEntries(value));
    assertEquals(
        "The limit 'most entries' is 1 to 1000000; %d is not.".formatted(value),
        refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> limits.withHighestRatio(value));
    assertThrows(IllegalArgumentException.class, () -> limits.withLongestName(value));
    assertThrows(IllegalArgumentException.class, () -> limits.withDeepestXml(value));
    assertThrows(IllegalArgumentException.class, () -> limits.withLargestXml(value));
    assertThrows(IllegalArgumentException.class, () -> limits.withLargestTotal(Math.min(value, 0)));
  }

  @Test
  void aLimitThatIsRaisedLetsMoreIn() throws Exception {
    String letters = "a".repeat(2 << 20);
    ExportedFile bomb = file(Packages.naming("A.csv").file("A.csv", letters));
    PackageLimits limits = PackageLimits.defaults();
    assertThrows(MalformedFileException.class, () -> DataPackage.open(bomb, limits));
    assertEquals(Map.of("A", letters), Packages.unpacked(bomb, limits.withHighestRatio(1_100)));
  }
}
