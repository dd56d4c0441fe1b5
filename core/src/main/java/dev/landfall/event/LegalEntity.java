package dev.landfall.event;

import java.util.Locale;

/**
 * A company in F&amp;O, such as {@code usmf}.
 *
 * @param value the company id in lower case; F&amp;O itself does not tell cases apart
 */
public record LegalEntity(String value) {

  private static final int LONGEST = 128;

  /**
   * Normalises and checks a company id.
   *
   * @param value the company id in any case; blanks around it are dropped
   * @throws IllegalArgumentException if nothing is left, if it is longer than 128 characters or
   *     holds a control character
   */
  public LegalEntity {
    value = Names.checked(
        "A legal entity, a company id such as usmf,",
        value.strip().toLowerCase(Locale.ROOT),
        LONGEST);
  }

  /** {@return the value, without what a link in it would keep secret} */
  @Override
  public String toString() {
    return Redaction.of(value);
  }
}
