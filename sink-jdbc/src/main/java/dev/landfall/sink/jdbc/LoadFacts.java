package dev.landfall.sink.jdbc;

import dev.landfall.event.LegalEntity;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What is told of one file in the database besides its records.
 *
 * @param eventId of its event, as text that any database takes
 * @param fileName the same of its name
 * @param route the same of its route
 * @param legalEntity the company of its event; {@code -} if it has none
 * @param exportTime when its event was made, which is what makes an export newer than another
 * @param loadedAt now
 */
record LoadFacts(
    String eventId,
    String fileName,
    String route,
    String legalEntity,
    Instant exportTime,
    Instant loadedAt) {

  private static final int LONGEST_NAME = 150;

  static LoadFacts of(ExportedFile file, Instant now) {
    return new LoadFacts(
        storable(file.event().id().value()),
        storable(file.name()),
        storable(file.route()),
        storable(file.event().legalEntity().map(LegalEntity::toString).orElse("-")),
        file.event().time().truncatedTo(ChronoUnit.MICROS),
        now.truncatedTo(ChronoUnit.MICROS));
  }

  /**
   * Foreign text may be too long for an index, or no text for the database; its digest is neither.
   */
  static String storable(String name) {
    boolean plain = !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    if (plain) {
      return name;
    }
    return "sha256 " + Sha256.of(name.getBytes(StandardCharsets.UTF_16LE)).hex();
  }
}
