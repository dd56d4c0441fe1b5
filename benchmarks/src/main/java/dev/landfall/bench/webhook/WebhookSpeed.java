package dev.landfall.bench.webhook;

import dev.landfall.bench.frame.Case;
import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import dev.landfall.bench.load.EventIds;
import dev.landfall.bench.load.ExportEvent;
import dev.landfall.bench.load.Senders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How many events a second are taken over HTTP by who accepts everything, unread.
 *
 * <p>Each subject is a virtual machine of its own; the senders are one thread of this process. All
 * are posted to as F&amp;O posts, with a secret in the query. Landfall compares it; nobody else
 * asks for any.
 */
public final class WebhookSpeed implements Case {

  static final Metric RATE = Metric.rate("rate", "1/s");
  static final Metric P50 = Metric.cost("p50", "ms");
  static final Metric P99 = Metric.cost("p99", "ms");

  private static final String LANDFALL = "landfall";
  private static final String BARE = "bare";
  private static final String CAMEL = "camel";
  private static final String SPRING_MVC = "spring-mvc";
  private static final String HEAP = "256m";
  private static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final Duration START = Duration.ofSeconds(30);

  private final Pace pace;
  private long turns;

  /** Creates the case as it is measured: 64 senders, 15 seconds to warm up and 10 that count. */
  public WebhookSpeed() {
    this(new Pace(5, 64, Duration.ofSeconds(15), Duration.ofSeconds(10), 2_000_000));
  }

  WebhookSpeed(Pace pace) {
    this.pace = pace;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public String description() {
    return "events taken over HTTP and dropped, beside the bare server, Camel and Spring MVC";
  }

  @Override
  public int rounds() {
    return pace.rounds();
  }

  @Override
  public List<Subject> subjects(Path folder) {
    return List.of(
        subject(LANDFALL, LandfallProgram.class),
        subject(BARE, BareProgram.class),
        subject(CAMEL, CamelProgram.class),
        subject(SPRING_MVC, SpringMvcProgram.class));
  }

  private Subject subject(String name, Class<?> program) {
    return new Subject(name, own -> turn(own, Command.java(program, HEAP, SECRET)));
  }

  @Override
  public List<Comparison> comparisons() {
    return List.of(
        Comparison.of(LANDFALL, BARE, RATE),
        Comparison.of(LANDFALL, BARE, P99).called("p99"),
        Comparison.of(LANDFALL, CAMEL, RATE),
        Comparison.of(LANDFALL, CAMEL, P99).called("p99"),
        Comparison.of(LANDFALL, SPRING_MVC, RATE),
        Comparison.of(LANDFALL, SPRING_MVC, P99).called("p99"));
  }

  private Measured turn(Path folder, Command command) throws IOException, InterruptedException {
    turns++;
    try (Child child = Child.start(command, folder);
        Senders senders = Senders.connect(
            pace.senders(),
            URI.create(child.next(START).text() + "?code=" + SECRET),
            ExportEvent.bytes(),
            new EventIds(turns))) {
      senders.post(pace.most(), pace.warmUp());
      Senders.Answered answered = senders.post(pace.most(), pace.counted());
      return Measured.nothing()
          .with(RATE, answered.perSecond())
          .with(P50, answered.latencies().millis(50))
          .with(P99, answered.latencies().millis(99))
          .with(child.end());
    }
  }
}
