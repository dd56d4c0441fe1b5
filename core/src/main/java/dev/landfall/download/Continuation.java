package dev.landfall.download;

import java.util.Map;

/**
 * How a download goes on from what is here of a file, and what the host makes of that.
 *
 * <p>Source: RFC 9110, sections 13 and 14; Azure Storage, "Get Blob" and "Specifying the range
 * header for Blob service operations".
 */
enum Continuation {
  /** The body is the file, from its beginning. */
  BEGINS,
  /** The body is what is missing. */
  GOES_ON,
  /** Nothing is missing. */
  IS_WHOLE,
  /** The host has the same bytes under another tag; what is missing can be asked for by that. */
  IS_RENAMED,
  /** The host has another file now. */
  HAS_CHANGED,
  /** There is no file in this answer. */
  IS_REFUSED;

  /**
   * What to send for the file: that only what is missing is wanted, of the version that is here, if
   * that has a name.
   */
  static Map<String, String> headers(Part part) {
    return part.isWorthKeeping()
        ? Map.of(
            "Range",
            "bytes=%d-".formatted(part.received()),
            "If-Match",
            part.version().tag().orElseThrow())
        : Map.of();
  }

  /** What an answer to these headers means for the file. */
  static Continuation of(HttpAnswer answer, Part part) {
    boolean wasConditional = part.isWorthKeeping();
    return switch (answer.status()) {
      case 200 ->
        !wasConditional && part.received() > 0 && isRenamed(Version.of(answer), part)
            ? IS_RENAMED
            : BEGINS;
      case 206 -> !wasConditional ? IS_REFUSED : goesOn(answer, part) ? GOES_ON : HAS_CHANGED;
      case 412 -> wasConditional ? HAS_CHANGED : IS_REFUSED;
      case 416 -> !wasConditional ? IS_REFUSED : isWhole(answer, part) ? IS_WHOLE : HAS_CHANGED;
      default -> IS_REFUSED;
    };
  }

  private static boolean isRenamed(Version found, Part part) {
    return found.tag().isPresent()
        && found.isSameAs(part.version())
        && part.received() <= found.length();
  }

  private static boolean goesOn(HttpAnswer answer, Part part) {
    return Version.beginning(answer) == part.received()
        && Version.of(answer).isSameAs(part.version());
  }

  /** The host has no byte behind what is here. */
  private static boolean isWhole(HttpAnswer answer, Part part) {
    return Version.lengthInRange(answer) == part.received();
  }
}
