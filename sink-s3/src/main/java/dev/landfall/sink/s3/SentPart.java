package dev.landfall.sink.s3;

/**
 * A part that the server has.
 *
 * @param number from 1
 * @param etag as the server wrote it
 * @param checksum of its bytes
 * @param told whether the server told the same checksum
 * @param md5 what else its tag should be, or empty if the checksum was told
 */
record SentPart(int number, String etag, Crc32 checksum, boolean told, String md5) {}
