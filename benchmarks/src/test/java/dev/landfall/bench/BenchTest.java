package dev.landfall.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.bench.frame.Comparison;
import dev.landfall.bench.frame.Measured;
import dev.landfall.bench.frame.Metric;
import dev.landfall.bench.frame.Subject;
import dev.landfall.bench.frame.Turns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {

  private static final Metric RATE = Metric.rate("rate", "1/s");

  @TempDir
  Path home;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  private int run(String... names) throws InterruptedException {
    Subject ours = new Subject("landfall", own -> Measured.nothing().with(RATE, 3));
    Subject theirs = new Subject("curl", own -> Measured.nothing().with(RATE, 2));
    Subject broken = new Subject("broken", own -> {
      throw new IOException("it broke");
    });
    return new Bench(
            List.of(
                new Turns(
                    "good",
                    2,
                    List.of(ours, theirs),
                    List.of(Comparison.of("landfall", "curl", RATE))),
                new Turns("bad", 1, List.of(broken), List.of())),
            home,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(progress, true, StandardCharsets.UTF_8))
        .run(List.of(names));
  }

  private static String text(ByteArrayOutputStream printed) {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void withoutANameItListsTheCases() throws Exception {
    assertEquals(0, run());
    assertTrue(text(out).contains("good") && text(out).contains("the case bad"), text(out));
  }

  @Test
  void aCaseThatIsNotThereIsMisuse() throws Exception {
    assertEquals(2, run("better"));
    assertTrue(text(progress).contains("no case better") && text(progress).contains("good"));
    assertEquals(2, run("good", "bad"));
    assertEquals("", text(out));
  }

  @Test
  void aCasePrintsItsTableAndWritesItsResults() throws Exception {
    assertEquals(0, run("good"));
    assertTrue(text(out).contains("| landfall/curl | 1.5 (1.5..1.5) |"), text(out));
    String results = Files.readString(home.resolve("results").resolve("good.json"));
    assertTrue(results.contains("1970-01-01T00:00:00Z"), results);
    assertFalse(results.contains(home.toString()), results);
  }

  @Test
  void aCaseThatFailsWritesNothing() throws Exception {
    assertEquals(1, run("bad"));
    assertTrue(text(progress).contains("The turn of broken failed: it broke"));
    assertFalse(Files.exists(home.resolve("results")));
  }
}
