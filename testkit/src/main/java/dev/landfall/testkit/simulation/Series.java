package dev.landfall.testkit.simulation;

import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Hands out the seeds of a simulation to several threads, and keeps what came of them. */
final class Series {

  private final long first;
  private final SortedMap<String, Long> happened = new TreeMap<>();
  private long next;
  private long end;
  private @Nullable Throwable failure;

  Series(long first, int runs) {
    this.first = first;
    this.next = first;
    this.end = first + runs;
  }

  /** {@return a seed; empty if there is none, or one before it has failed} */
  synchronized OptionalLong next() {
    return next < end ? OptionalLong.of(next++) : OptionalLong.empty();
  }

  synchronized void played(Run run) {
    run.happened().forEach((what, times) -> happened.merge(what, times, Long::sum));
  }

  /** Of several the one with the first seed counts, so that it is always the same one. */
  synchronized void failed(long seed, Throwable why) {
    if (seed < end) {
      end = seed;
      failure = why;
    }
  }

  /** Throws what failed first, if anything did. */
  synchronized Explored result() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    return new Explored((int) (end - first), happened);
  }
}
