package dev.landfall.download;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which version of a file a host sends, as far as the host tells.
 *
 * @param tag its strong {@code ETag}, with quotes; a weak one promises too little to go on from
 * @param length of the whole file in bytes, or -1
 * @param md5 digest of the whole file in base64, of 16 bytes
 */
public record Version(Optional<String> tag, long length, Optional<String> md5) {

  /** What is known of a file that no host has answered for yet. */
  public static final Version UNKNOWN = new Version(Optional.empty(), -1, Optional.empty());

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:(?<first>[0-9]{1,18})-[0-9]{1,18}|\\*)/(?<length>[0-9]{1,18}|\\*)");

  /**
   * What an answer with a body tells of the file.
   *
   * <p>{@code Content-MD5} covers the body (Azure Storage, "Get Blob"), so it is that of the file
   * only if the body is; {@code x-ms-blob-content-md5} always covers the file.
   */
  static Version of(HttpAnswer answer) {
    boolean whole = answer.status() == 200;
    return new Version(
        answer.header("ETag").filter(Version::isStrong),
        whole
            ? answer.header("Content-Length").map(Version::number).orElse(-1L)
            : lengthInRange(answer),
        answer
            .header("x-ms-blob-content-md5")
            .or(() -> whole ? answer.header("Content-MD5") : Optional.empty())
            .filter(Version::isMd5));
  }

  private static boolean isStrong(String tag) {
    return tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"");
  }

  private static boolean isMd5(String text) {
    try {
      return Base64.getDecoder().decode(text).length == 16;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }

  private static Optional<Matcher> rangeOf(HttpAnswer answer) {
    return answer.header("Content-Range").map(CONTENT_RANGE::matcher).filter(Matcher::matches);
  }

  /** The length of the whole file in {@code Content-Range}, or -1. */
  static long lengthInRange(HttpAnswer answer) {
    return rangeOf(answer).map(range -> number(range.group("length"))).orElse(-1L);
  }

  /** Where in the file the body of an answer begins, or -1 if it does not tell. */
  static long beginning(HttpAnswer answer) {
    return rangeOf(answer)
        .map(range -> range.group("first"))
        .map(Version::number)
        .orElse(-1L);
  }

  /** Whether a host that sends this sends the bytes of the other: it says so by tag or digest. */
  boolean isSameAs(Version other) {
    boolean hasSameTag = tag.isPresent() && tag.equals(other.tag);
    boolean hasSameMd5 = md5.isPresent() && md5.equals(other.md5);
    return length == other.length
        ? hasSameTag || hasSameMd5
        : hasSameTag && (length < 0 || other.length < 0);
  }

  /** This version, to be asked for by no name. */
  Version untagged() {
    return new Version(Optional.empty(), length, md5);
  }
}
