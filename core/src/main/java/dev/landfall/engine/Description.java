package dev.landfall.engine;

import dev.landfall.event.EventId;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Sha256;
import dev.landfall.spi.LandingId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the spool keeps beside a whole file that is to outlive its process.
 *
 * @param id whose file it is
 * @param length in bytes
 * @param sha256 digest of all bytes
 * @param name what it was called at its source
 */
record Description(LandingId id, long length, Sha256 sha256, String name) {

  private static final Logger log = LoggerFactory.getLogger(Description.class);

  static Description of(LandingId id, ExportedFile file) {
    return new Description(id, file.length(), file.sha256(), file.name());
  }

  /** The description of a landing's file, if both are there and belong together. */
  static Optional<Description> of(LandingId id, SpoolFolder.Kept kept) {
    try {
      return kept.isThere()
          ? Optional.of(parse(kept.read())).filter(told -> kept.length() == told.length)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      log.warn("The spooled file of {} cannot be used and is fetched again.", id, unreadable);
      return Optional.empty();
    }
  }

  /** Reads what {@link #text} has written. */
  static Description parse(String text) {
    List<String> lines = text.lines().toList();
    return new Description(
        new LandingId(new EventId(lines.get(0)), lines.get(1)),
        Long.parseLong(lines.get(2)),
        new Sha256(lines.get(3)),
        String.join("\n", lines.subList(4, lines.size())));
  }

  String text() {
    return String.join(
        "\n", id.event().value(), id.route(), Long.toString(length), sha256.hex(), name);
  }
}
