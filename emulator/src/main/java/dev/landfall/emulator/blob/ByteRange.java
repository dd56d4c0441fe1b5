package dev.landfall.emulator.blob;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes that a request asks for, both ends included.
 *
 * @param first the first byte, from 0
 * @param last the last byte, or {@link Long#MAX_VALUE} for all that follow
 */
record ByteRange(long first, long last) {

  // 18 digits are beyond every blob and never overflow.
  private static final Pattern SPELLING = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");

  /** Azure knows no other spelling: suffixes and lists of ranges are ignored, the blob is whole. */
  static Optional<ByteRange> parse(String header) {
    Matcher range = SPELLING.matcher(header);
    if (!range.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
    return last < first ? Optional.empty() : Optional.of(new ByteRange(first, last));
  }

  ByteRange within(long length) {
    return new ByteRange(first, Math.min(last, length - 1));
  }

  long length() {
    return last - first + 1;
  }
}
