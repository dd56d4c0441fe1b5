package dev.landfall.emulator;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One exported file and the event that announces it.
 *
 * <p>A file that no event announces, as one of a recurring export, has a payload that is empty and
 * an outcome that is complete and empty.
 *
 * @param eventId the event's id, in upper case without braces, whatever the event's form
 * @param project the data project's name; the event does not tell it
 * @param entity the entity's label; of a data package with several the project's name
 * @param legalEntity the company
 * @param records how many records the event announces
 * @param blobName the name of the file in its container, decoded
 * @param length of the file in bytes
 * @param sha256 of the file, 64 hexadecimal digits in lower case
 * @param link the signed link as the event has it; a secret, not for logs
 * @param linkExpiry when the link dies
 * @param payload the event's JSON, which holds the link; a secret, not for logs
 * @param outcome how the delivery went to each endpoint that was there when the event was raised;
 *     it completes when the last endpoint has accepted the event or the tries are used up, and is
 *     cancelled if the emulator is closed before
 */
public record Export(
    String eventId,
    String project,
    String entity,
    String legalEntity,
    int records,
    String blobName,
    long length,
    String sha256,
    URI link,
    Instant linkExpiry,
    String payload,
    CompletableFuture<List<Delivery>> outcome) {

  /** {@return what was exported, without the link's query and the payload} */
  @Override
  public String toString() {
    return "Export %s of %s (%s): %d records, %d bytes, link until %s"
        .formatted(eventId, entity, legalEntity, records, length, linkExpiry);
  }
}
