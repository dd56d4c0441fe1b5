package dev.landfall.testkit.simulation;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.Disposition.Verdict;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Brings one body, an event or a batch, until somebody takes custody of it; and again after that at
 * times, as transports do.
 */
final class Sender {

  private final World world;
  private final List<Announced> events;
  private final List<RawEvent> poison;
  private final RawEvent body;
  private int repeats;
  private boolean acknowledged;
  private boolean refused;

  Sender(World world, List<Announced> events, List<RawEvent> poison) {
    this.world = world;
    this.events = events;
    this.poison = poison;
    this.body = bodyOf(events, poison);
    this.repeats = world.chance().of(500) ? world.chance().between(1, 3) : 0;
  }

  private static RawEvent bodyOf(List<Announced> events, List<RawEvent> poison) {
    if (events.size() + poison.size() == 1) {
      return events.isEmpty() ? poison.get(0) : events.get(0).body();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte separator = '[';
    for (Announced event : events) {
      bytes.write(separator);
      bytes.writeBytes(event.body().toByteArray());
      separator = ',';
    }
    for (RawEvent bad : poison) {
      bytes.write(separator);
      bytes.writeBytes(bad.toByteArray());
      separator = ',';
    }
    bytes.write(']');
    return RawEvent.of(bytes.toByteArray());
  }

  List<Announced> events() {
    return events;
  }

  List<RawEvent> poison() {
    return poison;
  }

  boolean acknowledged() {
    return acknowledged;
  }

  boolean refused() {
    return refused;
  }

  boolean hasCustody() {
    return !acknowledged && !refused;
  }

  boolean isDone() {
    return !hasCustody() && repeats == 0;
  }

  void sendIn(long millis) {
    world.turns().after(millis, this::send);
  }

  /** Sends to some machine, or to two at once, and again if no answer comes. */
  private void send() {
    Chance chance = world.chance();
    List<Machine> running = world.running();
    if (!hasCustody()) {
      if (repeats == 0) {
        return;
      }
      repeats--;
    }
    if (!running.isEmpty()) {
      int copies = chance.of(150) ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        chance.oneOf(running).take(new Delivery("simulated", world.time(), body), this::hear);
      }
    }
    sendIn(chance.between(500, 8_000));
  }

  private void hear(Disposition answer) {
    if (answer.verdict() == Verdict.ACCEPTED) {
      acknowledged = true;
    } else if (answer.verdict() == Verdict.REFUSED) {
      refused = true;
      if (world.durable() && !events.isEmpty()) {
        world
            .trace()
            .broken("a durable ledger takes what can be read, unlike " + events + ": "
                + answer.explanation());
      }
    }
  }
}
