package dev.landfall.spi;

import java.time.Duration;

/**
 * What a source tells its sender about a delivery.
 *
 * @param verdict who has custody now
 * @param explanation why, in a sentence for the sender's operator; free of secrets
 * @param retryAfter how long the sender should wait; zero unless the verdict is {@code TRY_LATER}
 */
public record Disposition(Verdict verdict, String explanation, Duration retryAfter) {

  /** Who has custody of the event after the answer. */
  public enum Verdict {
    /** Custody is ours, or the event needs none: the sender may forget it. */
    ACCEPTED,
    /** The event can never be taken; the sender should stop trying. */
    REFUSED,
    /** Custody stays with the sender, who should try again. */
    TRY_LATER
  }

  private static final Disposition ACCEPTED =
      new Disposition(Verdict.ACCEPTED, "Accepted.", Duration.ZERO);

  /** {@return custody is ours} */
  public static Disposition accepted() {
    return ACCEPTED;
  }

  /**
   * {@return the event can never be taken}
   *
   * @param explanation why, for the sender's operator
   */
  public static Disposition refused(String explanation) {
    return new Disposition(Verdict.REFUSED, explanation, Duration.ZERO);
  }

  /**
   * {@return custody stays with the sender}
   *
   * @param wait how long the sender should wait at least
   * @param explanation why, for the sender's operator
   */
  public static Disposition tryLater(Duration wait, String explanation) {
    return new Disposition(Verdict.TRY_LATER, explanation, wait);
  }
}
