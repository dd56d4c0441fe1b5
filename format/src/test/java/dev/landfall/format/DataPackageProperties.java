package dev.landfall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.testkit.ExportedFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DataPackageProperties {

  @Property(tries = 200)
  void whatIsPackedUnpacksEqual(
      @ForAll("entities") Map<String, byte[]> entities, @ForAll boolean stored) throws Exception {
    Map<String, String> expected = new TreeMap<>();
    entities.forEach(
        (label, data) -> expected.put(label, new String(data, StandardCharsets.ISO_8859_1)));
    assertEquals(expected, unpacked(packed(entities, stored)));
  }

  @Property(tries = 300)
  void aPackageWithOtherBytesIsRefusedOrUnpacksEqual(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 4_000) Integer> places,
      @ForAll byte other)
      throws Exception {
    byte[] zip = Packages.ofOne().bytes();
    places.forEach(place -> zip[place % zip.length] = other);
    try {
      unpacked(zip).values().forEach(text -> assertEquals("ID\n1\n", text));
    } catch (MalformedFileException refused) {
      assertTrue(refused.getMessage().length() > 20, refused.getMessage());
    }
  }

  @Property(tries = 200)
  void aPackageThatIsCutIsRefused(@ForAll @IntRange(min = 0, max = 1_000_000) int cut)
      throws Exception {
    byte[] zip = Packages.ofOne().bytes();
    byte[] rest = Arrays.copyOf(zip, cut % zip.length);
    try {
      unpacked(rest);
      throw new AssertionError("%d bytes of %d are read".formatted(rest.length, zip.length));
    } catch (MalformedFileException refused) {
      assertTrue(refused.getMessage().length() > 20, refused.getMessage());
    }
  }

  @Provide
  Arbitrary<Map<String, byte[]>> entities() {
    Arbitrary<String> label = Arbitraries.strings()
        .withChars("abXYZ \u00E9\u9867-_()&<'\"")
        .ofMinLength(1)
        .ofMaxLength(30);
    return Arbitraries.maps(
            label.map(text -> text.strip() + "x").filter(text -> !text.isBlank()),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(5_000))
        .ofMinSize(1)
        .ofMaxSize(8)
        .filter(
            map -> map.keySet().stream().map(ZipNames::folded).distinct().count() == map.size());
  }

  /** Written by the JDK, which puts the sizes of what it deflates behind the data. */
  private static byte[] packed(Map<String, byte[]> entities, boolean stored) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      StringBuilder manifest = new StringBuilder();
      for (Map.Entry<String, byte[]> entity : entities.entrySet()) {
        String name = entity.getKey() + ".csv";
        manifest.append(Packages.entity(entity.getKey(), name));
        put(zip, name, entity.getValue(), stored);
      }
      put(zip, "Manifest.xml", Packages.utf16(Packages.manifestOf(manifest.toString())), stored);
      put(zip, "PackageHeader.xml", Packages.utf16(Packages.header()), stored);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] data, boolean stored)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    if (stored) {
      CRC32 sum = new CRC32();
      sum.update(data);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(data.length);
      entry.setCrc(sum.getValue());
    }
    zip.putNextEntry(entry);
    zip.write(data);
    zip.closeEntry();
  }

  private static Map<String, String> unpacked(byte[] zip) throws Exception {
    Path folder = Files.createTempDirectory("package");
    ExportedFile file = ExportedFiles.in(folder).named("export.zip", zip);
    try {
      return Packages.unpacked(file, PackageLimits.defaults());
    } finally {
      Files.delete(file.path());
      Files.delete(folder);
    }
  }
}
