package dev.landfall.testkit.simulation;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must be true of a world once it is at rest. */
final class Laws {

  private static final int ALL = 10_000;

  private final World world;
  private final Trace trace;
  private final Map<LandingId, LandingReport> reports = new LinkedHashMap<>();
  private final List<DeadLetter> dead;

  Laws(World world) {
    this.world = world;
    this.trace = world.trace();
    world
        .store()
        .find(LandingQuery.all(), ALL)
        .forEach(report -> reports.put(report.landing().id(), report));
    this.dead = world.store().deadLetters(ALL);
  }

  void check(List<Sender> senders) throws Exception {
    for (Sender sender : senders) {
      check(sender);
    }
    for (LandingReport report : reports.values()) {
      check(report);
    }
    for (Storage storage : world.storages()) {
      check(storage, senders);
    }
    List<LandingId> letters =
        dead.stream().flatMap(letter -> letter.landing().stream()).toList();
    for (Machine machine : world.machines()) {
      if (!machine.holdsOnly(letters)) {
        trace.broken("a spool holds nothing but files of dead letters in the end, unlike "
            + SimulatedDisk.names(machine.spool()) + " in " + machine.spool());
      }
    }
  }

  private void check(Sender sender) {
    if (sender.hasCustody()) {
      trace.broken("every sender is answered in the end, unlike that of " + sender.events());
    }
    if (!sender.acknowledged()) {
      return;
    }
    if (world.durable()) {
      sender
          .events()
          .forEach(event -> event.routes().forEach(route -> {
            if (!reports.containsKey(new LandingId(event.id(), route))) {
              trace.broken(
                  "no acknowledged event is lost, unlike %s on %s".formatted(event, route));
            }
          }));
    }
    for (RawEvent bad : sender.poison()) {
      if (world.durable() && dead.stream().noneMatch(letter -> letter.body().equals(bad))) {
        trace.broken("what is no event is kept as it came, unlike " + text(bad));
      }
    }
  }

  private void check(LandingReport report) {
    LandingId id = report.landing().id();
    Optional<Announced> raised = world.events().stream()
        .filter(event -> event.id().equals(id.event()) && event.routes().contains(id.route()))
        .findFirst();
    if (raised.isEmpty()) {
      trace.broken("only what was sent is in the ledger, unlike " + id);
      return;
    }
    switch (report.state()) {
      case PENDING ->
        trace.broken("everything ends when the faults do, unlike " + id + " "
            + report.lastFailure().map(Object::toString).orElse("it was never tried"));
      case STORED -> checkStored(report);
      case DEAD -> checkDead(report, raised.get());
      case DISCARDED -> {
        if (report.remark() == null) {
          trace.broken("what is discarded says why, unlike " + id);
        }
      }
    }
  }

  private void checkStored(LandingReport report) {
    LandingId id = report.landing().id();
    if (!report.landing().receipts().keySet().equals(Set.copyOf(Routes.sinks(id.route())))) {
      trace.broken("a stored landing has the receipts of all sinks, unlike %s with %s"
          .formatted(id, report.landing().receipts().keySet()));
    }
    if (Routes.sinks(id.route()).isEmpty() && !world.wasHandled(id.event())) {
      trace.broken("what is stored was handled, unlike " + id);
    }
    if (text(report.landing().body()).contains(Announced.SIGNATURE)) {
      trace.broken("a stored landing keeps no signature, unlike " + id);
    }
  }

  private void checkDead(LandingReport report, Announced event) {
    LandingId id = report.landing().id();
    if (report.lastFailure().filter(failure -> !failure.message().isBlank()).isEmpty()) {
      trace.broken("a dead landing tells why, unlike " + id);
    }
    if (report
        .lastFailure()
        .filter(failure -> failure.message().contains("sig="))
        .isPresent()) {
      trace.broken("no message shows a link, unlike that of " + id);
    }
    if (!world.witness().isBare(id)
        && dead.stream()
            .noneMatch(letter ->
                letter.landing().equals(Optional.of(id)) && letter.body().equals(event.body()))) {
      trace.broken("a dead letter keeps the bytes of its event, unlike " + id);
    }
  }

  private void check(Storage storage, List<Sender> senders) throws Exception {
    Map<String, Integer> found = new HashMap<>();
    for (String record : world.sink().stored(storage.folder())) {
      found.merge(record, 1, Integer::sum);
    }
    List<Announced> wanted = world.events().stream()
        .filter(event -> event.routes().contains(storage.route()))
        .toList();
    for (Announced event : wanted) {
      List<Integer> times = event.records().stream()
          .map(record -> Optional.ofNullable(found.remove(record)).orElse(0))
          .toList();
      check(storage, event, times, senders);
    }
    if (!found.isEmpty()) {
      trace.broken("a sink has nothing that was not sent to it, unlike %s on %s: %s"
          .formatted(storage.sink(), storage.route(), new ArrayList<>(found.keySet())));
    }
  }

  private void check(Storage storage, Announced event, List<Integer> times, List<Sender> senders) {
    String where = "%s in %s of %s".formatted(event, storage.sink(), storage.route());
    if (Collections.max(times) > 1) {
      trace.broken("nothing is stored twice, unlike " + where);
    }
    boolean whole = Collections.min(times) == 1;
    if (!whole && Collections.max(times) > 0) {
      trace.broken("a file is stored whole or not at all, unlike " + where);
    }
    boolean due = world.durable()
        ? hasReceipt(storage, event)
        : senders.stream().anyMatch(it -> it.acknowledged() && it.events().contains(event));
    if (due && !whole) {
      trace.broken("what is acknowledged or has a receipt is stored, unlike " + where);
    }
  }

  private boolean hasReceipt(Storage storage, Announced event) {
    LandingReport report = reports.get(new LandingId(event.id(), storage.route()));
    return report != null
        && (report.state() == LandingState.STORED
            || report.landing().receipts().containsKey(storage.sink()));
  }

  /** {@return how many landings ended in which way} */
  Map<String, Long> outcomes() {
    return reports.values().stream()
        .collect(Collectors.groupingBy(
            report -> "landing " + report.state()
                + report.lastFailure().map(failure -> " " + failure.reason()).orElse(""),
            Collectors.counting()));
  }

  private static String text(RawEvent body) {
    return new String(body.toByteArray(), StandardCharsets.UTF_8);
  }
}
