package dev.landfall.bench.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void aPercentileIsATimeThatWasMeasured() {
    Latencies latencies = new Latencies(
        LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray());
    assertEquals(100, latencies.millis(50));
    assertEquals(198, latencies.millis(99));
    assertEquals(200, latencies.millis(100));
  }

  @Test
  void ofOneTimeEveryPercentileIsThatTime() {
    Latencies one = new Latencies(new long[] {2_500_000});
    assertEquals(2.5, one.millis(1));
    assertEquals(2.5, one.millis(99));
  }
}
