package dev.landfall.bench.frame;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes numbers with as many digits as a measurement is worth. */
final class Figures {

  private static final MathContext WORTH = new MathContext(3);

  private Figures() {}

  /** {@return three digits that count; whole numbers keep all theirs} */
  static BigDecimal rounded(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal rounded =
        Math.abs(value) >= 100 ? exact.setScale(0, RoundingMode.HALF_EVEN) : exact.round(WORTH);
    return rounded.signum() == 0 ? BigDecimal.ZERO : plain(rounded.stripTrailingZeros());
  }

  /** {@return the same as text, never in scientific form} */
  static String text(double value) {
    return rounded(value).toPlainString();
  }

  private static BigDecimal plain(BigDecimal value) {
    return value.scale() < 0 ? value.setScale(0) : value;
  }
}
