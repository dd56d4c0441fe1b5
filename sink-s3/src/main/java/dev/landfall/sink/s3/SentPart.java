package dev.landfall.sink.s3;

import org.jspecify.annotations.Nullable;

/**
 * A part that the server has.
 *
 * @param number from 1
 * @param etag as the server wrote it
 * @param checksum of its bytes, which the server told too; null if it tells none
 * @param md5 what its tag should be in hexadecimal; null if the server told a checksum
 */
record SentPart(
    int number,
    String etag,
    @Nullable Crc32 checksum,
    @Nullable String md5) {

  static SentPart told(int number, String etag, Crc32 checksum) {
    return new SentPart(number, etag, checksum, null);
  }

  static SentPart untold(int number, String etag, String md5) {
    return new SentPart(number, etag, null, md5);
  }
}
