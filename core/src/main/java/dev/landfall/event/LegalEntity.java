package dev.landfall.event;

import java.util.Locale;

/**
 * A company in F&amp;O, such as {@code usmf}.
 *
 * @param value the company id in lower case; F&amp;O itself does not tell cases apart
 */
public record LegalEntity(String value) {

  /**
   * Normalises and checks a company id.
   *
   * @param value the company id in any case
   * @throws IllegalArgumentException if it is blank
   */
  public LegalEntity {
    value = value.strip().toLowerCase(Locale.ROOT);
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "A legal entity is a company id such as usmf and not blank.");
    }
  }

  /** {@return the value, without what a link in it would keep secret} */
  @Override
  public String toString() {
    return Redaction.of(value);
  }
}
