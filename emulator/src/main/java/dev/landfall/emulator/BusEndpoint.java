package dev.landfall.emulator;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;

/** A queue or topic, which is reached with what the caller brings. */
final class BusEndpoint extends Endpoint {

  private final BusSender sender;

  private BusEndpoint(String title, BusSender sender) {
    super(title, title);
    this.sender = sender;
  }

  static BusEndpoint of(String kind, String name, BusSender sender) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("The name of a %s is not blank.".formatted(kind));
    }
    return new BusEndpoint(kind + " " + name, sender);
  }

  @Override
  Answer attempt(RaisedEvent event, HttpClient client) throws Exception {
    sender.send(event.json().getBytes(StandardCharsets.UTF_8), event.properties());
    return Answer.sent();
  }
}
