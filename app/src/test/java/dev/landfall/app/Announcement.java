package dev.landfall.app;

import dev.landfall.emulator.servicebus.BusMessage;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;

/** A message that tells of one exported file, as short as an event may be. */
record Announcement(String eventId, URI link) {

  static final String TYPE = "NAVAXDMFExportBusinessEvent";

  /** Of a number always the same, so that a test knows what to look for. */
  static Announcement numbered(int number, URI storage) {
    String id = new UUID(0x1234_5678_9abc_4defL, number).toString().toUpperCase(Locale.ROOT);
    return new Announcement(id, storage.resolve("/" + id));
  }

  BusMessage message() {
    return BusMessage.of("""
        {"BusinessEventId":"%s","EventId":"%s","EventTime":"/Date(1893456300000)/",
         "EntityName":"Customers","LegalEntity":"usmf","DownloadURL":"%s"}
        """.formatted(TYPE, eventId, link)).withMessageId(eventId);
  }
}
