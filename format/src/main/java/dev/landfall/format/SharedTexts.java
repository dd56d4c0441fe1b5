package dev.landfall.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The texts that cells of a workbook share, read when the first is asked for.
 *
 * <p>They are kept as bytes, as a million objects for them would need three times the room.
 *
 * <p>Source: ECMA-376, part 1, section 18.4.
 */
final class SharedTexts {

  private static final int BLOCK = 256 * 1024;
  private static final int COST_OF_PLACE = 12;

  private final WorkbookParts parts;
  private final int longest;
  private final long largest;
  private final List<byte[]> blocks = new ArrayList<>();
  private int inBlock;
  private long[] starts = new long[0];
  private int[] lengths = new int[0];
  private int count;
  private long cost;
  private boolean read;

  SharedTexts(WorkbookParts parts, int longest, long largest) {
    this.parts = parts;
    this.longest = longest;
    this.largest = largest;
  }

  /** {@return how many there are} */
  int count() throws IOException {
    if (!read) {
      read = true;
      readAll();
    }
    return count;
  }

  /** {@return one that is there} */
  String get(int index) {
    byte[] block = blocks.get((int) (starts[index] >>> 32));
    return new String(block, (int) starts[index], lengths[index], StandardCharsets.UTF_8);
  }

  private void readAll() throws IOException {
    Optional<WorkbookXml> part = parts.openRelated("sharedStrings");
    if (part.isPresent()) {
      try (WorkbookXml xml = part.get()) {
        while (xml.next()) {
          if (xml.name().equals("si")) {
            add(xml.richText(longest, () -> tooLong(xml)), xml);
          }
        }
      }
    }
  }

  private MalformedFileException tooLong(WorkbookXml xml) {
    return xml.malformed(
        "texts of at most %d characters were expected (limit 'longest field').".formatted(longest));
  }

  private void add(String text, WorkbookXml xml) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    cost += bytes.length + COST_OF_PLACE;
    if (cost > largest) {
      throw xml.malformed(
          "shared texts of at most %d bytes were expected (limit 'largest texts'), and text %d goes beyond. Raise the limit if you know the file, or export it as CSV."
              .formatted(largest, count + 1));
    }
    if (blocks.isEmpty() || blocks.get(blocks.size() - 1).length - inBlock < bytes.length) {
      blocks.add(new byte[Math.max(BLOCK, bytes.length)]);
      inBlock = 0;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, Math.max(64, count + count / 2));
      lengths = Arrays.copyOf(lengths, starts.length);
    }
    System.arraycopy(bytes, 0, blocks.get(blocks.size() - 1), inBlock, bytes.length);
    starts[count] = (long) (blocks.size() - 1) << 32 | inBlock;
    lengths[count] = bytes.length;
    inBlock += bytes.length;
    count++;
  }
}
