package dev.landfall.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a text is encoded.
 *
 * @param markLength how many bytes its byte order mark has, 0 if it has none
 */
record Encoding(Charset charset, int markLength) {

  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

  /** The mark of UTF-32LE begins with that of UTF-16LE. */
  private static final List<Charset> MARKED = List.of(
      UTF_32LE,
      UTF_32BE,
      StandardCharsets.UTF_16LE,
      StandardCharsets.UTF_16BE,
      StandardCharsets.UTF_8);

  /** {@return what the mark tells, if there is one} */
  static Optional<Encoding> marked(byte[] first) {
    return MARKED.stream()
        .filter(charset -> startsWith(first, mark(charset)))
        .map(charset -> new Encoding(charset, mark(charset).length))
        .findFirst();
  }

  /**
   * {@return what a text is decoded by}
   *
   * @param first its first bytes, some hundreds of them if it has as many
   * @param fixed by the user, or null to find it out
   * @throws MalformedFileException if the mark is that of another charset than the fixed one
   */
  static Encoding of(byte[] first, @Nullable Charset fixed) {
    return fixed == null
        ? marked(first).orElseGet(() -> new Encoding(unmarked(first), 0))
        : fixed(first, fixed);
  }

  private static Encoding fixed(byte[] first, Charset fixed) {
    if (MARKED.contains(fixed) && startsWith(first, mark(fixed))) {
      return new Encoding(fixed, mark(fixed).length);
    }
    Optional<Encoding> marked = marked(first);
    if (marked.isEmpty()) {
      return new Encoding(bothOrders(fixed) ? ordered(first, fixed) : fixed, 0);
    }
    Charset told = marked.orElseThrow().charset();
    if (bothOrders(fixed) && told.name().startsWith(fixed.name())) {
      return marked.orElseThrow();
    }
    throw new MalformedFileException(
        1,
        (": text in %s was expected, and the file begins with the byte order mark of %s. Leave"
                + " withCharset out, or fix that one.")
            .formatted(fixed, told),
        null);
  }

  /** UTF-16 and UTF-32 without an order, which the JDK takes for big-endian whatever there is. */
  private static boolean bothOrders(Charset charset) {
    return charset.name().equals("UTF-16") || charset.name().equals("UTF-32");
  }

  private static Charset ordered(byte[] first, Charset fixed) {
    Charset found = unmarked(first);
    return found.name().startsWith(fixed.name()) ? found : Charset.forName(fixed.name() + "BE");
  }

  /**
   * Where characters are wider than a byte, each delimiter, line end and Latin letter has its NULs
   * on one side. A text with only a few of those is UTF-8 if it can be. What is neither is taken
   * for UTF-8 as well, and whoever reads on refuses it.
   */
  private static Charset unmarked(byte[] first) {
    int[] nuls = new int[4];
    for (int i = 0; i < first.length; i++) {
      if (first[i] == 0) {
        nuls[i & 3]++;
      }
    }
    int quarter = first.length / 4;
    if (quarter > 0 && nuls[3] == quarter && 2 * nuls[2] > quarter) {
      return UTF_32LE;
    }
    if (quarter > 0 && nuls[0] == quarter && 2 * nuls[1] > quarter) {
      return UTF_32BE;
    }
    int high = nuls[0] + nuls[2];
    int low = nuls[1] + nuls[3];
    int most = Math.max(high, low);
    boolean oneSided = most > 0 && most >= 4 * Math.min(high, low);
    if (!oneSided || 16 * most < first.length || (4 * most < first.length && isUtf8(first))) {
      return StandardCharsets.UTF_8;
    }
    return low > high ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
  }

  /** The last character may be cut. */
  private static boolean isUtf8(byte[] first) {
    return !StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(first), CharBuffer.allocate(first.length), false)
        .isError();
  }

  private static byte[] mark(Charset charset) {
    return "\uFEFF".getBytes(charset);
  }

  private static boolean startsWith(byte[] bytes, byte[] mark) {
    return bytes.length >= mark.length
        && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
  }
}
