package dev.landfall.file;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a sink answers once a file is stored for good.
 *
 * <p>It is written to the ledger, so it holds no secret.
 *
 * @param location where the file or its records lie now, for a person to find them: a path, an
 *     object's address, a table
 * @param length how many bytes of the file it covers
 * @param recordCount how many records were stored, or null if the sink does not count them
 */
public record Receipt(
    String location, long length, @Nullable Long recordCount) {

  /**
   * {@return a receipt for a file stored as it is}
   *
   * @param location where it lies
   * @param file what was stored
   */
  public static Receipt of(String location, ExportedFile file) {
    return new Receipt(location, file.length(), null);
  }

  /**
   * {@return this receipt with a number of records}
   *
   * @param count how many were stored
   */
  public Receipt withRecords(long count) {
    return new Receipt(location, length, count);
  }

  /** {@return how many records were stored, if the sink counts them} */
  public OptionalLong records() {
    return recordCount == null ? OptionalLong.empty() : OptionalLong.of(recordCount);
  }
}
