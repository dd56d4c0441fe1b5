package dev.landfall.testkit.simulation;

import dev.landfall.event.EventId;
import dev.landfall.file.Receipt;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where one sink of one route stores, which outlives all processes.
 *
 * @param route the route's name
 * @param sink the sink's name
 * @param folder the storage, or its name
 * @param receipts what it answered first for each event
 */
record Storage(String route, String sink, Path folder, Map<EventId, Receipt> receipts) {

  Storage(String route, String sink, Path folder) {
    this(route, sink, folder, new HashMap<>());
  }

  void answered(EventId event, Receipt receipt, Trace trace) {
    Receipt before = receipts.putIfAbsent(event, receipt);
    if (before != null && !before.equals(receipt)) {
      trace.broken("a sink gives an equal receipt for the same event, unlike %s for %s: %s, then %s"
          .formatted(sink, event, before, receipt));
    }
  }
}
