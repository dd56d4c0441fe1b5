package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.landfall.event.Reason;
import dev.landfall.file.ExportedFile;
import dev.landfall.testkit.ExportedFiles;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Plays the seeds beside it; with the environment variable {@code JAZZER_FUZZ=1} it looks for
 * inputs that reach new code, for up to half a minute each; {@code JAZZER_MAX_DURATION=1h} makes it
 * an hour.
 */
class DataPackageFuzzTest {

  /** Small ones, so that every limit is met. */
  private static final PackageLimits LIMITS = PackageLimits.defaults()
      .withMostEntries(8)
      .withLargestTotal(1 << 20)
      .withLongestName(40)
      .withLargestXml(1 << 18);

  @FuzzTest(maxDuration = "30s")
  @DictionaryEntries({"PK\3\4", "PK\1\2", "PK\5\6", "PK\6\6", "PK\6\7", "PK\7\b", "Manifest.xml"})
  void whateverTheBytesAPackageIsUnpackedOrRefused(byte[] bytes) throws Exception {
    Path folder = Files.createTempDirectory("package");
    ExportedFile file = ExportedFiles.in(folder).named("export", bytes);
    try {
      if (DataPackage.isPackage(file.path())) {
        Packages.unpacked(file, LIMITS);
      }
    } catch (MalformedFileException refused) {
      assertEquals(Reason.MALFORMED_FILE, refused.reason());
    } finally {
      Files.delete(file.path());
      Files.delete(folder);
    }
  }

  @FuzzTest(maxDuration = "30s")
  @DictionaryEntries({
    "<DataManagementPackageManifest xmlns=\"http://schemas.microsoft.com/dynamics/2015/01/DataManagement\">",
    "<PackageEntityList><DataManagementPackageEntityData><EntityName>a</EntityName>",
    "<InputFilePath>a.csv</InputFilePath>",
    "<EntityMapList><EntityMap><EntityField>",
    "<!DOCTYPE a [<!ENTITY % a SYSTEM \"file:///dev/zero\">%a;]>",
    "<?xml version=\"1.1\" encoding=\"UTF-16\"?>",
    "<![CDATA[",
    "&#x10FFFF;"
  })
  void whateverTheBytesAManifestIsReadOrRefused(byte[] bytes) throws Exception {
    try {
      PackageXmlFiles.manifest(new ByteArrayInputStream(bytes), LIMITS);
    } catch (MalformedFileException refused) {
      assertEquals(Reason.MALFORMED_FILE, refused.reason());
    }
  }
}
