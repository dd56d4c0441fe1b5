package dev.landfall.app.demo;

import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A bar for each landing, redrawn in place; for terminals that understand ANSI sequences. */
final class BarScreen implements Screen {

  private static final int WIDTH = 30;
  private static final long REDRAW_MILLIS = 40;

  private final PrintStream out;
  private final Clock clock;
  private final Map<String, String> lines = new LinkedHashMap<>();
  private int drawn;
  private long drawnAt;

  BarScreen(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public synchronized void progress(String landing, long soFar, long inAll) {
    double part = inAll > 0 ? (double) soFar / inAll : 0;
    int full = (int) (part * WIDTH);
    lines.put(
        landing,
        "%s%s %3.0f %% of %s"
            .formatted("█".repeat(full), "░".repeat(WIDTH - full), part * 100, megabytes(inAll)));
    long now = clock.millis();
    if (now - drawnAt >= REDRAW_MILLIS) {
      draw(now);
    }
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  @Override
  public synchronized void stage(String landing, String text) {
    lines.put(landing, "█".repeat(WIDTH) + " " + text);
    draw(clock.millis());
  }

  @Override
  public synchronized void end(String landing, String text) {
    lines.remove(landing);
    erase();
    out.printf("  %-28s %s%n", landing, text);
    draw(clock.millis());
  }

  @Override
  public synchronized void say(String text) {
    erase();
    out.println(text);
    draw(clock.millis());
  }

  private void erase() {
    if (drawn > 0) {
      // Up to the first bar, and clear from there on.
      out.printf("\033[%dA\033[J", drawn);
      drawn = 0;
    }
  }

  private void draw(long now) {
    erase();
    lines.forEach((landing, line) -> out.printf("  %-28s %s%n", landing, line));
    out.flush();
    drawn = lines.size();
    drawnAt = now;
  }
}
