package dev.landfall.bench.landing;

import dev.landfall.bench.frame.Parent;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what has landed in a child, and tells its parent when that is enough. */
public final class Tally {

  private final int first;
  private final int all;
  private final AtomicInteger landed = new AtomicInteger();

  /** Creates a count that is told twice: when so many have landed first, and so many in all. */
  Tally(int first, int all) {
    this.first = first;
    this.all = all;
  }

  /**
   * {@return a count that is told twice}
   *
   * @param first when so many have landed first
   * @param all and so many in all
   */
  public static Tally of(String first, String all) {
    return new Tally(Integer.parseInt(first), Integer.parseInt(all));
  }

  /** One more has landed; for any thread. */
  public void landed() {
    int count = landed.incrementAndGet();
    if (count == first || count == all) {
      Parent.tell(Integer.toString(count));
    }
  }
}
