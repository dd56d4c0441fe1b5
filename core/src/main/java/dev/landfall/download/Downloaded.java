package dev.landfall.download;

import dev.landfall.file.Sha256;

/**
 * What a download brought.
 *
 * @param length in bytes
 * @param sha256 digest of all bytes
 */
public record Downloaded(long length, Sha256 sha256) {}
