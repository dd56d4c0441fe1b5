package dev.landfall.bench.servicebus;

import dev.landfall.bench.frame.Parent;
import dev.landfall.bench.load.EventIds;
import dev.landfall.bench.load.ExportEvent;
import dev.landfall.emulator.servicebus.BusMessage;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * The broker: fills its queue when it is told to, and tells what receivers have completed.
 *
 * <p>Only here it is seen alike for all subjects what is settled; a receiver does not hear of it.
 */
final class BrokerProgram {

  static final String QUEUE = "d365-events";

  private static final int AT_ONCE = 1_000;
  private static final long LOOK_MILLIS = 5;

  private final ServiceBusEmulator bus;
  private long sent;
  private volatile Turn turn = Turn.NONE;

  private BrokerProgram(ServiceBusEmulator bus) {
    this.bus = bus;
  }

  /** What is completed before a turn, when it is told of next, and at its end. */
  private record Turn(long before, long next, long all) {

    static final Turn NONE = new Turn(0, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * Serves until the parent has enough.
   *
   * @param arguments none; a line of input has how many messages are to be put in to warm up and to
   *     count
   */
  public static void main(String[] arguments) throws IOException {
    ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor();
    try (ServiceBusEmulator bus = ServiceBusEmulator.builder().queue(QUEUE).build();
        BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      BrokerProgram broker = new BrokerProgram(bus);
      Parent.tell(bus.connectionString());
      var unused = clockwork.scheduleWithFixedDelay(
          broker::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        String[] words = line.split(" ", -1);
        broker.fill(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
      }
    } finally {
      clockwork.shutdownNow();
    }
  }

  private void fill(int warmUp, int counted) {
    long before = bus.completed(QUEUE);
    long end = sent + warmUp + counted;
    EventIds ids = new EventIds(0);
    byte[] body = ExportEvent.bytes();
    while (sent < end) {
      long more = Math.min(end, sent + AT_ONCE);
      List<BusMessage> some = LongStream.range(sent, more)
          .mapToObj(number ->
              BusMessage.of(body).withMessageId(ids.id(number)).withContentType("application/json"))
          .toList();
      bus.send(QUEUE, some);
      sent = more;
    }
    turn = new Turn(before, before + warmUp, before + warmUp + counted);
    Parent.tell(Integer.toString(bus.count(QUEUE)));
  }

  /** A line has how many of the turn are completed, when, and how many are there. */
  private void look() {
    Turn now = turn;
    if (now.equals(Turn.NONE)) {
      return;
    }
    long completed = bus.completed(QUEUE);
    long nanos = System.nanoTime();
    if (completed >= now.next()) {
      turn = completed >= now.all() ? Turn.NONE : new Turn(now.before(), now.all(), now.all());
      Parent.tell("%d %d %d".formatted(completed - now.before(), nanos, bus.count(QUEUE)));
    }
  }
}
