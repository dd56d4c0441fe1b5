package dev.landfall.emulator.blob;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One stored blob; a replaced blob is another value with another ETag.
 *
 * @param name as it appears in the link, decoded
 * @param file where its bytes lie
 * @param length in bytes
 * @param sha256 of all bytes, 64 hexadecimal digits in lower case
 * @param contentMd5 of all bytes in base64, or null for a blob that was uploaded in blocks
 * @param etag in quotes
 * @param lastModified when it was stored
 */
public record Blob(
    String name,
    Path file,
    long length,
    String sha256,
    @Nullable String contentMd5,
    String etag,
    Instant lastModified) {}
