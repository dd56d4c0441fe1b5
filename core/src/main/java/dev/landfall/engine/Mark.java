package dev.landfall.engine;

import dev.landfall.download.Part;
import dev.landfall.download.Version;
import dev.landfall.event.EventId;
import dev.landfall.spi.LandingId;
import java.util.List;
import java.util.Optional;

/**
 * What the spool keeps beside the beginning of a file, for a later try to go on from.
 *
 * @param id whose file it is
 * @param received how many bytes of it are here
 * @param version what its host told of it
 */
record Mark(LandingId id, long received, Version version) {

  static Mark of(LandingId id, Part part) {
    return new Mark(id, part.received(), part.version());
  }

  /** Reads what {@link #text} has written. */
  static Mark parse(String text) {
    List<String> lines = text.lines().toList();
    return new Mark(
        new LandingId(new EventId(lines.get(0)), lines.get(1)),
        Long.parseLong(lines.get(2)),
        new Version(told(lines.get(3)), Long.parseLong(lines.get(4)), told(lines.get(5))));
  }

  private static Optional<String> told(String line) {
    return Optional.of(line).filter(some -> !some.equals("-"));
  }

  String text() {
    return String.join(
        "\n",
        id.event().value(),
        id.route(),
        Long.toString(received),
        version.tag().orElse("-"),
        Long.toString(version.length()),
        version.md5().orElse("-"));
  }
}
