package dev.landfall.bench.rows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What rows are there, in any order: how many, and a sum over all that is in them. Nothing and
 * empty text count as the same, because subjects differ in what they make of an empty field.
 */
final class Content {

  private static final String BETWEEN = "|";
  private static final int DIGITS = 10;
  private static final int BITS = 4 * DIGITS;

  private final MessageDigest digest;
  private long rows;
  private long sum;

  Content() {
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has MD5.", impossible);
    }
  }

  void add(List<String> row) {
    byte[] hash = digest.digest(String.join(BETWEEN, row).getBytes(StandardCharsets.UTF_8));
    sum += ByteBuffer.wrap(hash).getLong() >>> (Long.SIZE - BITS);
    rows++;
  }

  /** {@return the count and the sum, as {@link #query} answers} */
  String text() {
    return rows + " " + sum;
  }

  /** {@return a query for the same of a table} */
  static String query(String table, List<String> columns) {
    return "SELECT count(*) || ' ' || coalesce(sum(('x' || left(md5(%s), %d))::bit(%d)::bigint), 0) FROM %s"
        .formatted(
            columns.stream()
                .map("coalesce(%s, '')"::formatted)
                .collect(Collectors.joining(" || '" + BETWEEN + "' || ")),
            DIGITS,
            BITS,
            table);
  }
}
