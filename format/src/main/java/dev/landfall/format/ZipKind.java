package dev.landfall.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * What a file is among zips, told by its bytes: by how it begins, and by names in its directory.
 */
enum ZipKind {
  /** No zip. */
  NONE,
  /** A zip with the files that tell what is in a data package, or one of them. */
  PACKAGE,
  /** A document of an office suite, such as a workbook. */
  OFFICE,
  /** Any other zip. */
  OTHER,
  /** It begins as a zip, but its directory cannot be read. */
  BROKEN;

  private static final int BEGINNING = 0x04034B50;
  private static final Set<String> TELLING =
      Set.of(ZipNames.folded(PackageXmlFiles.MANIFEST), ZipNames.folded(PackageXmlFiles.HEADER));
  private static final String CONTENT_TYPES = "[content_types].xml";

  static ZipKind of(Path file) throws IOException {
    try (ZipBytes zip = ZipBytes.open(file)) {
      return zip.size() >= Integer.BYTES && zip.at(0, Integer.BYTES).getInt() == BEGINNING
          ? ofDirectory(zip)
          : NONE;
    }
  }

  private static ZipKind ofDirectory(ZipBytes zip) throws IOException {
    try {
      ZipKind kind = OTHER;
      ZipDirectory directory = ZipDirectory.of(zip);
      for (ZipDirectory.Entry entry = directory.next(); entry != null; entry = directory.next()) {
        String name = entry.rawName().toLowerCase(Locale.ROOT);
        if (TELLING.contains(name)) {
          kind = PACKAGE;
        } else if (kind == OTHER && name.equals(CONTENT_TYPES)) {
          kind = OFFICE;
        }
      }
      return kind;
    } catch (MalformedFileException broken) {
      return BROKEN;
    }
  }
}
