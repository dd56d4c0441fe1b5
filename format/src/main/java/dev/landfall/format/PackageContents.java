package dev.landfall.format;

import dev.landfall.format.PackageManifest.Entity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is in a package, once its manifest and its files agree.
 *
 * @param files by their folded names, those that tell about the others left out
 * @param manifest names a file of its own for each entity
 * @param header may be missing
 */
record PackageContents(
    Map<String, PackedFile> files, PackageManifest manifest, DataPackage.@Nullable Header header) {

  static PackageContents of(ZipBytes zip, PackageLimits limits) throws IOException {
    Map<String, PackedFile> files = PackedFiles.of(zip, limits);
    PackedFile header = files.remove(ZipNames.folded(PackageXmlFiles.HEADER));
    PackedFile manifest = files.remove(ZipNames.folded(PackageXmlFiles.MANIFEST));
    if (manifest == null) {
      throw new MalformedFileException(
          "A data package has a file Manifest.xml, and this zip of %d files has none. Export it as a package again, or store it as it is."
              .formatted(files.size()),
          null);
    }
    PackageManifest read = read(manifest, zip, limits, PackageXmlFiles::manifest);
    checkAllThere(read, files);
    return new PackageContents(
        files, read, header == null ? null : read(header, zip, limits, PackageXmlFiles::header));
  }

  private interface XmlReading<T> {
    T of(InputStream bytes, PackageLimits limits) throws IOException;
  }

  private static <T> T read(
      PackedFile xml, ZipBytes zip, PackageLimits limits, XmlReading<T> reading)
      throws IOException {
    if (xml.unpacked() > limits.largestXml()) {
      throw PackedFile.broken(
          xml.name(),
          "has %d bytes and may have %d (limit 'largest XML'); raise the limit if you know the file"
              .formatted(xml.unpacked(), limits.largestXml()));
    }
    try (InputStream bytes = xml.open(zip)) {
      T read = reading.of(bytes, limits);
      bytes.transferTo(OutputStream.nullOutputStream());
      return read;
    }
  }

  private static void checkAllThere(PackageManifest manifest, Map<String, PackedFile> files) {
    if (manifest.entities().isEmpty()) {
      throw new MalformedFileException(
          "A data package has at least one entity, and the manifest of this one names none. Export it again.",
          null);
    }
    Set<String> named = new HashSet<>();
    for (Entity entity : manifest.entities()) {
      String name = ZipNames.folded(entity.fileName());
      if (!files.containsKey(name)) {
        throw new MalformedFileException(
            "A data package has a file for each entity of its manifest, and %s of entity %s is not there. Did its export fail? Export it again."
                .formatted(ZipNames.shown(entity.fileName()), ZipNames.shown(entity.label())),
            null);
      }
      if (!named.add(name)) {
        throw new MalformedFileException(
            "A file of a data package belongs to one entity, and %s belongs to two. Export it again."
                .formatted(ZipNames.shown(entity.fileName())),
            null);
      }
    }
    files.forEach((name, packed) -> {
      if (packed.unpacked() > 0 && !named.contains(name)) {
        throw PackedFile.broken(
            packed.name(), "has data, and the manifest names no entity that it belongs to");
      }
    });
  }

  /** {@return the file of an entity of the manifest} */
  PackedFile fileOf(Entity entity) {
    return Objects.requireNonNull(files.get(ZipNames.folded(entity.fileName())));
  }
}
