package dev.landfall.testkit.simulation;

import dev.landfall.event.EventId;
import dev.landfall.event.RawEvent;
import dev.landfall.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event that F&amp;O raises in a run, and the file behind its link.
 *
 * @param id its id
 * @param body its bytes
 * @param path its link without the query, by which its file is found; null if it has none
 * @param dies when the link dies, or null
 * @param records the lines of its file, without the header
 * @param routes which of the run's routes want it
 */
record Announced(
    EventId id,
    RawEvent body,
    @Nullable String path,
    @Nullable Instant dies,
    List<String> records,
    Set<String> routes) {

  /** With this begins the secret part of every link. */
  static final String SIGNATURE = "c2lnbmF0dXJlLXRoYXQtbXVzdC1uZXZlci1sZWFr";

  byte[] file() {
    return (SinkUnderTest.HEADER + "\n" + String.join("\n", records) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  Sha256 digest() {
    return Sha256.of(file());
  }

  @Override
  public String toString() {
    return id.value();
  }
}
