package dev.landfall;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import dev.landfall.event.RawEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Events and files as F&O makes them, for the tests of this module. */
final class Exports {

  private Exports() {}

  static ExportedFile file(Path folder, String id, String entity, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var event = BusinessEvent.of(Payload.of(Map.of(
        "EventId",
        id,
        "EventTime",
        "/Date(1893456300000)/",
        "EntityName",
        entity,
        "LegalEntity",
        "USMF")));
    try {
      Path path = Files.write(folder.resolve(id + ".part"), bytes);
      return new ExportedFile(
          event, "exports", "f.csv", FileFormat.CSV, bytes.length, Sha256.of(bytes), path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RawEvent event(String id, String entity, String link) {
    return RawEvent.of("""
        {"BusinessEventId":"NAVAXDMFExportBusinessEvent","EventId":"%s",
         "EventTime":"/Date(1893456300000)/","EntityName":"%s","LegalEntity":"usmf",
         "DownloadURL":"%s"}
        """.formatted(id, entity, link).getBytes(StandardCharsets.UTF_8));
  }
}
