package dev.landfall.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of a zip, once it is known to be one that everybody reads alike.
 *
 * <p>The directory says what is there. An entry has a header of its own besides, from which others
 * read; the two must agree, no two names may be one on some system, and each byte belongs to one
 * entry. So no one can see another package than we do, and nothing is unpacked twice.
 *
 * <p>Source: PKWARE's APPNOTE 6.3.10, sections 4.3.7 and 4.3.9.
 */
final class PackedFiles {

  private static final int HEADER_SIGNATURE = 0x04034B50;
  private static final int HEADER_LENGTH = 30;
  private static final int DESCRIPTOR_SIGNATURE = 0x08074B50;
  private static final int DESCRIBED_BEHIND = 1 << 3;
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
  private static final int SAME_IN_BOTH = ENCRYPTED | 1 << 11;
  private static final int AES = 99;
  private static final int FREE_OF_RATIO = 1 << 20;
  private static final int MODE_TYPE = 0xF000;
  private static final int MODE_FILE = 0x8000;
  private static final int MODE_FOLDER = 0x4000;

  private final ZipBytes zip;
  private final PackageLimits limits;

  private PackedFiles(ZipBytes zip, PackageLimits limits) {
    this.zip = zip;
    this.limits = limits;
  }

  /**
   * {@return the files by their folded names, in the order of the directory; folders left out}
   *
   * @throws MalformedFileException if a rule or a limit is broken
   */
  static Map<String, PackedFile> of(ZipBytes zip, PackageLimits limits) throws IOException {
    return new PackedFiles(zip, limits).read(ZipDirectory.of(zip));
  }

  private Map<String, PackedFile> read(ZipDirectory directory) throws IOException {
    if (directory.end().count() > limits.mostEntries()) {
      throw new MalformedFileException(
          "A data package or workbook has at most %d entries (limit 'most entries'), and this one is told to have %d. Raise the limit if you know the file."
              .formatted(limits.mostEntries(), directory.end().count()),
          null);
    }
    Map<String, PackedFile> files = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    List<Extent> extents = new ArrayList<>();
    long total = 0;
    for (ZipDirectory.Entry entry = directory.next(); entry != null; entry = directory.next()) {
      String name = ZipNames.decoded(entry);
      ZipNames.check(name, limits.longestName());
      boolean folder = name.endsWith("/");
      if (!names.add(ZipNames.folded(folder ? name.substring(0, name.length() - 1) : name))) {
        throw broken(name, "has a name that another entry has, cases not told apart");
      }
      checkKind(name, folder, entry);
      total = checkSize(name, entry, total);
      Extent extent = checkHeader(name, entry);
      extents.add(extent);
      if (!folder) {
        files.put(
            ZipNames.folded(name),
            new PackedFile(
                name, entry.method(), entry.crc(), extent.data, entry.packed(), entry.unpacked()));
      }
    }
    checkExtents(extents, directory.end().directory());
    return files;
  }

  private static void checkKind(String name, boolean folder, ZipDirectory.Entry entry) {
    if ((entry.flags() & ENCRYPTED) != 0 || entry.method() == AES) {
      throw broken(name, "is encrypted, and a data package has no password");
    }
    if (entry.method() != PackedFile.STORED && entry.method() != PackedFile.DEFLATED) {
      throw broken(
          name, "is packed by method %d; only 0 and 8 can be read".formatted(entry.method()));
    }
    int type = entry.mode() & MODE_TYPE;
    if (type != 0 && type != (folder ? MODE_FOLDER : MODE_FILE)) {
      throw broken(name, "is a link or something else that is no file");
    }
    if (folder && entry.unpacked() != 0) {
      throw broken(name, "is a folder and has %d bytes".formatted(entry.unpacked()));
    }
    if (entry.disk() != 0) {
      throw broken(name, "lies in another part of the zip");
    }
  }

  private long checkSize(String name, ZipDirectory.Entry entry, long total) {
    if (entry.method() == PackedFile.STORED && entry.packed() != entry.unpacked()) {
      throw broken(name, "is stored as it is, in another size than it has");
    }
    if (entry.unpacked() - FREE_OF_RATIO > entry.packed() * (double) limits.highestRatio()) {
      throw broken(
          name,
          "unpacks from %d bytes to %d, more than %d to 1 beyond the first MiB (limit 'highest ratio'); raise the limit if you know the file"
              .formatted(entry.packed(), entry.unpacked(), limits.highestRatio()));
    }
    if (entry.unpacked() > limits.largestTotal() - total) {
      throw broken(
          name,
          "takes the package beyond %d bytes unpacked (limit 'largest total'); raise the limit if you know the file"
              .formatted(limits.largestTotal()));
    }
    return total + entry.unpacked();
  }

  /** Where an entry lies: its header, its data, and what tells about the data behind it. */
  private record Extent(String name, ZipDirectory.Entry entry, long data, boolean describedBehind) {

    long start() {
      return entry.offset();
    }

    long end() {
      return data + entry.packed();
    }
  }

  private Extent checkHeader(String name, ZipDirectory.Entry entry) throws IOException {
    ByteBuffer header = zip.at(entry.offset(), HEADER_LENGTH);
    if (header.getInt(0) != HEADER_SIGNATURE) {
      throw broken(name, "does not begin where the directory says");
    }
    int nameLength = Short.toUnsignedInt(header.getShort(26));
    int extraLength = Short.toUnsignedInt(header.getShort(28));
    ByteBuffer rest = zip.at(entry.offset() + HEADER_LENGTH, nameLength + extraLength);
    String rawName =
        StandardCharsets.ISO_8859_1.decode(rest.slice(0, nameLength)).toString();
    rest.position(nameLength);
    int flags = Short.toUnsignedInt(header.getShort(6));
    boolean behind = (flags & DESCRIBED_BEHIND) != 0;
    long[] sizes = Zip64.resolved(
        rest, Integer.toUnsignedLong(header.getInt(22)), Integer.toUnsignedLong(header.getInt(18)));
    boolean same = rawName.equals(entry.rawName())
        && (flags & SAME_IN_BOTH) == (entry.flags() & SAME_IN_BOTH)
        && Short.toUnsignedInt(header.getShort(8)) == entry.method()
        && agree(Integer.toUnsignedLong(header.getInt(14)), entry.crc(), behind)
        && agree(sizes[0], entry.unpacked(), behind)
        && agree(sizes[1], entry.packed(), behind);
    if (!same) {
      throw broken(name, "says something else in the directory than where it lies");
    }
    long data = entry.offset() + HEADER_LENGTH + nameLength + extraLength;
    if (entry.packed() > zip.size() - data) {
      throw broken(name, "reaches beyond the end of the file");
    }
    return new Extent(name, entry, data, behind);
  }

  private static boolean agree(long inHeader, long inDirectory, boolean describedBehind) {
    return inHeader == inDirectory || (describedBehind && inHeader == 0);
  }

  private void checkExtents(List<Extent> extents, long directory) throws IOException {
    extents.sort(Comparator.comparingLong(Extent::start));
    Extent before = null;
    for (Extent extent : extents) {
      checkGap(before, extent.start(), extent.name);
      before = extent;
    }
    checkGap(before, directory, "the directory");
  }

  private void checkGap(@Nullable Extent before, long next, String nextName) throws IOException {
    long gap = next - (before == null ? 0 : before.end());
    if (gap < 0) {
      throw broken(before == null ? nextName : before.name, "reaches into what follows it");
    }
    boolean filled =
        gap == 0 || (before != null && before.describedBehind && isDescriptor(before, gap));
    if (!filled) {
      throw broken(
          nextName, "has %d bytes before it that belong to no entry of the zip".formatted(gap));
    }
  }

  /** Sizes of 32 or 64 bits, and a signature that may be left out; only lengths tell. */
  private boolean isDescriptor(Extent extent, long gap) throws IOException {
    boolean signed = gap == 16 || gap == 24;
    boolean large = gap == 20 || gap == 24;
    if (!signed && !large && gap != 12) {
      return false;
    }
    ByteBuffer bytes = zip.at(extent.end(), (int) gap);
    if (signed && bytes.getInt() != DESCRIPTOR_SIGNATURE) {
      return false;
    }
    ZipDirectory.Entry entry = extent.entry;
    return Integer.toUnsignedLong(bytes.getInt()) == entry.crc()
        && size(bytes, large) == entry.packed()
        && size(bytes, large) == entry.unpacked();
  }

  private static long size(ByteBuffer bytes, boolean large) {
    return large ? bytes.getLong() : Integer.toUnsignedLong(bytes.getInt());
  }

  private static MalformedFileException broken(String name, String how) {
    return PackedFile.broken(name, how);
  }
}
