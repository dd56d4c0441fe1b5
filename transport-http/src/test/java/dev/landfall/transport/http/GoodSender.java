package dev.landfall.transport.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Posts an event every 10 milliseconds and measures from when each was due, so that one which had
 * to wait for the one before counts as late, too.
 */
final class GoodSender {

  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(10);

  private final int port;
  private final ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(1);
  private final List<Long> took = Collections.synchronizedList(new ArrayList<>());
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private final long begin = System.nanoTime();
  private long number;
  private @Nullable RawSender connection;

  GoodSender(int port) {
    this.port = port;
    var unused = clock.scheduleAtFixedRate(this::post, 0, PERIOD, TimeUnit.NANOSECONDS);
  }

  private void post() {
    long due = begin + number * PERIOD;
    number++;
    try {
      RawSender open = connection == null ? new RawSender(port) : connection;
      connection = open;
      String answer = open.write(RawSender.events("Content-Length: 2") + "{}").answer();
      if (!answer.startsWith("HTTP/1.1 202 ")) {
        wrong.add(answer);
      }
    } catch (IOException failure) {
      wrong.add(failure.toString());
      connection = null;
    }
    took.add(System.nanoTime() - due);
  }

  /** {@return what it was answered other than 202} */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  int count() {
    return took.size();
  }

  /** {@return how long 99 of 100 events took at most, in milliseconds} */
  long p99() {
    long[] sorted = took.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return TimeUnit.NANOSECONDS.toMillis(sorted[(int) (sorted.length * 0.99)]);
  }

  /** Waits for the answer to the last event. */
  void end() throws InterruptedException, IOException {
    clock.shutdown();
    if (!clock.awaitTermination(30, TimeUnit.SECONDS)) {
      wrong.add("An event had no answer for 30 seconds.");
    }
    if (connection != null) {
      connection.close();
    }
  }
}
