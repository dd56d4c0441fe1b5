package dev.landfall.download;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Gives up requests whose answers do not come.
 *
 * <p>The client's own time-out would end with the head or, since Java 26, not before the whole body
 * is there (JDK-8208693); neither tells a slow answer from none. One thread looks at all requests
 * from time to time, because to set an alarm for each would cost a good part of a small file.
 */
final class StallWatch implements AutoCloseable {

  private static final Duration RARELY = Duration.ofSeconds(1);

  private final Set<JdkAnswer> awaited = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, look -> {
    Thread thread = new Thread(look, "landfall-download-watch");
    thread.setDaemon(true);
    return thread;
  });

  StallWatch(Duration silence) {
    long period = Math.min(RARELY.toNanos(), silence.toNanos() / 4);
    var unused = timer.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
  }

  private void look() {
    awaited.forEach(JdkAnswer::giveUpIfSilent);
  }

  void begin(JdkAnswer answer) {
    awaited.add(answer);
  }

  void end(JdkAnswer answer) {
    awaited.remove(answer);
    answer.release();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
