package dev.landfall.engine;

import dev.landfall.event.EventId;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Sha256;
import dev.landfall.spi.LandingId;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the spool keeps beside a file that is to outlive its process.
 *
 * @param id whose file it is
 * @param length in bytes
 * @param sha256 digest of all bytes
 * @param name what it was called at its source
 */
record Description(LandingId id, long length, Sha256 sha256, String name) {

  static Description of(LandingId id, ExportedFile file) {
    return new Description(id, file.length(), file.sha256(), file.name());
  }

  static Description read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    return new Description(
        new LandingId(new EventId(lines.get(0)), lines.get(1)),
        Long.parseLong(lines.get(2)),
        new Sha256(lines.get(3)),
        String.join("\n", lines.subList(4, lines.size())));
  }

  /**
   * Writes as no interrupt can end it, which a channel would let it: the worker may be interrupted
   * because the pipeline closes, and the file is to outlive just that.
   */
  void write(Path file) throws IOException {
    List<String> lines =
        List.of(id.event().value(), id.route(), Long.toString(length), sha256.hex(), name);
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
  }
}
