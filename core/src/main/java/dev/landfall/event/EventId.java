package dev.landfall.event;

import java.util.Locale;

/**
 * Identity of one business event, the same for every delivery of it.
 *
 * <p>F&amp;O writes a GUID, in braces until 2019 and without them since. Braces are dropped and a
 * GUID is written in upper case, so that all spellings of one id are equal. An id that is no GUID
 * is kept as it is, less surrounding blanks.
 *
 * @param value the normalised id, 1 to 128 characters without control characters and no GUID of
 *     zeros
 */
public record EventId(String value) {

  private static final int LONGEST = 128;
  private static final String NONE = "00000000-0000-0000-0000-000000000000";

  /**
   * Normalises and checks an id.
   *
   * @param value the id in any spelling
   * @throws IllegalArgumentException if nothing is left, if it is longer than 128 characters, holds
   *     a control character or is a GUID of zeros
   */
  public EventId {
    value = value.strip();
    if (Guids.isGuid(value)) {
      value = Guids.bare(value).toUpperCase(Locale.ROOT);
    } else {
      value = Names.checked("An event id", value, LONGEST);
    }
    if (value.equals(NONE)) {
      throw new IllegalArgumentException(
          "An event id tells one event from others; F&O writes the GUID of zeros where there is none.");
    }
  }

  /** {@return the value, without what a link in it would keep secret} */
  @Override
  public String toString() {
    return Redaction.of(value);
  }
}
