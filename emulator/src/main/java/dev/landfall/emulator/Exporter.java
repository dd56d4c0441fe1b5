package dev.landfall.emulator;

import dev.landfall.emulator.blob.Blob;
import dev.landfall.emulator.blob.BlobService;
import dev.landfall.emulator.blob.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes the files of a project, and of each the event that announces it. */
final class Exporter {

  private static final Duration BACKDATED = Duration.ofMinutes(5);
  private static final int LABEL_IN_NAME = 10;

  private final BlobStore store;
  private final BlobService service;
  private final URI base;
  private final EventPayload payloads;
  private final Outbox outbox;
  private final Duration linkLifetime;
  private final Clock clock;
  private final List<Export> exports = Collections.synchronizedList(new ArrayList<>());

  Exporter(
      BlobStore store,
      BlobService service,
      URI base,
      EventPayload payloads,
      Outbox outbox,
      Duration linkLifetime,
      Clock clock) {
    this.store = store;
    this.service = service;
    this.base = base;
    this.payloads = payloads;
    this.outbox = outbox;
    this.linkLifetime = linkLifetime;
    this.clock = clock;
  }

  List<Export> export(DataProject project) {
    return project.parts().stream().map(part -> export(project, part, true)).toList();
  }

  List<Export> exports() {
    synchronized (exports) {
      return List.copyOf(exports);
    }
  }

  /** Exports one file of a project; without an event nobody learns of it from here. */
  Export export(DataProject project, DataProject.Part part, boolean announced) {
    String blobName = blobName(part.label()) + part.extension(project.format());
    Blob blob = store(project, part, blobName);
    // The link's clock starts when the payload is built, which is after the file is there.
    Instant time = clock.instant();
    Instant expiry =
        time.plus(project.linkLifetime().orElse(linkLifetime)).truncatedTo(ChronoUnit.SECONDS);
    URI link = link(blobName, time, expiry);
    String eventId = EventPayload.newGuid();
    Optional<RaisedEvent> event = announced
        ? Optional.of(payloads.export(
            eventId, time, part.label(), project.legalEntity(), part.records(), link.toString()))
        : Optional.empty();
    var outcome = new CompletableFuture<List<Delivery>>();
    var export = new Export(
        eventId,
        project.name(),
        part.label(),
        project.legalEntity(),
        part.records(),
        blobName,
        blob.length(),
        blob.sha256(),
        link,
        expiry,
        event.map(RaisedEvent::json).orElse(""),
        outcome);
    // Who receives the event finds its export.
    exports.add(export);
    event.ifPresentOrElse(raised -> send(raised, outcome), () -> outcome.complete(List.of()));
    return export;
  }

  private void send(RaisedEvent event, CompletableFuture<List<Delivery>> outcome) {
    var unused = outbox.send(event).whenComplete((deliveries, cancelled) -> {
      if (deliveries == null) {
        outcome.cancel(false);
      } else {
        outcome.complete(deliveries);
      }
    });
  }

  private URI link(String blobName, Instant time, Instant expiry) {
    Instant start = (expiry.isBefore(time) ? expiry : time).minus(BACKDATED);
    return URI.create(base + service.link(blobName, start, expiry));
  }

  /** A link that is alive from now on as long as links are. */
  URI freshLink(String blobName) {
    Instant now = clock.instant();
    return link(blobName, now, now.plus(linkLifetime).truncatedTo(ChronoUnit.SECONDS));
  }

  private Blob store(DataProject project, DataProject.Part part, String blobName) {
    try {
      return store.put(blobName, project.inBlocks(), out -> part.writeTo(out, project));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "The file of %s could not be exported.".formatted(part.label()), failure);
    }
  }

  private static String blobName(String label) {
    int end = label.offsetByCodePoints(
        0, Math.min(LABEL_IN_NAME, label.codePointCount(0, label.length())));
    return label.substring(0, end) + "{" + EventPayload.newGuid().replace("-", "") + "}";
  }
}
