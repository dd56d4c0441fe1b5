package dev.landfall.ledger.jdbc;

import dev.landfall.spi.Claim;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What names a claim: the number of the landing's row, so that it need not be searched, and a
 * number chosen at random.
 *
 * @param landing number of the row
 * @param secret different for each claim of it
 */
record Token(long landing, long secret) {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9a-f]{16})");

  /** {@return the token of a claim; null if no such ledger gave it} */
  static @Nullable Token of(Claim claim) {
    Matcher parts = FORM.matcher(claim.token());
    return parts.matches()
        ? new Token(Long.parseLong(parts.group(1)), Long.parseUnsignedLong(parts.group(2), 16))
        : null;
  }

  @Override
  public String toString() {
    return landing + "-" + HexFormat.of().toHexDigits(secret);
  }
}
