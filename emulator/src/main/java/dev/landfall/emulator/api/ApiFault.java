package dev.landfall.emulator.api;

import java.util.OptionalInt;

/**
 * How one call goes wrong.
 *
 * @param kind what the caller sees
 * @param happens whether the call has its effect all the same
 * @param status the HTTP status, 0 if there is no answer
 * @param retryAfter the seconds of the header {@code Retry-After}, if it is there
 */
public record ApiFault(Kind kind, boolean happens, int status, OptionalInt retryAfter) {

  /** What the caller sees. */
  public enum Kind {
    /** An answer with another status. */
    ANSWER,
    /** A redirection to a page that asks for a name and password. */
    LOGIN_PAGE,
    /** The end of the connection instead of an answer. */
    CUT,
    /** Nothing at all until the emulator is closed. */
    SILENT
  }

  private static final int FOUND = 302;
  private static final int TOO_MANY_REQUESTS = 429;

  /**
   * {@return an answer of this status, and nothing happens}
   *
   * @param status from 200 to 599
   * @throws IllegalArgumentException if it is out of range
   */
  public static ApiFault status(int status) {
    return answer(false, status, OptionalInt.empty());
  }

  /**
   * {@return the answer 429 with {@code Retry-After}, and nothing happens}
   *
   * @param retryAfterSeconds how long to wait
   */
  public static ApiFault throttled(int retryAfterSeconds) {
    return answer(false, TOO_MANY_REQUESTS, OptionalInt.of(retryAfterSeconds));
  }

  /** {@return the answer 429 without {@code Retry-After}, and nothing happens} */
  public static ApiFault throttledWithoutTime() {
    return status(TOO_MANY_REQUESTS);
  }

  /**
   * {@return the answer 302 that leads to a login page, as environments on premises give; nothing
   * happens} Who follows it gets a page of HTML with status 200.
   */
  public static ApiFault loginPage() {
    return new ApiFault(Kind.LOGIN_PAGE, false, FOUND, OptionalInt.empty());
  }

  /**
   * {@return the end of the connection without an answer, and nothing happens}
   *
   * <p>It ends after the first byte of the answer's head. Before it, the JDK's client would ask a
   * second time of its own accord, and no caller would see anything.
   */
  public static ApiFault cut() {
    return new ApiFault(Kind.CUT, false, 0, OptionalInt.empty());
  }

  /** {@return the end of the connection without an answer, after the call has had its effect} */
  public static ApiFault cutAfterwards() {
    return new ApiFault(Kind.CUT, true, 0, OptionalInt.empty());
  }

  /**
   * {@return an answer of this status after the call has had its effect}
   *
   * @param status from 200 to 599
   * @throws IllegalArgumentException if it is out of range
   */
  public static ApiFault statusAfterwards(int status) {
    return answer(true, status, OptionalInt.empty());
  }

  /** {@return no answer until the emulator is closed, though the call has its effect} */
  public static ApiFault silent() {
    return new ApiFault(Kind.SILENT, true, 0, OptionalInt.empty());
  }

  private static ApiFault answer(boolean happens, int status, OptionalInt retryAfter) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException(
          "A call is answered with a status from 200 to 599, not %d.".formatted(status));
    }
    return new ApiFault(Kind.ANSWER, happens, status, retryAfter);
  }
}
