package dev.landfall.bench.servicebus;

import dev.landfall.bench.frame.Child;
import dev.landfall.bench.frame.Command;
import dev.landfall.bench.frame.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The emulated namespace, in a process of its own that serves all turns. */
final class Broker implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final String HEAP = "1g";

  private final Child child;
  private final String connectionString;

  private Broker(Child child, String connectionString) {
    this.child = child;
    this.connectionString = connectionString;
  }

  /**
   * What is completed by then.
   *
   * @param messages of the turn
   * @param nanos by the broker's own clock
   * @param there what is in the queue still
   */
  record Completed(long messages, long nanos, int there) {

    double perSecondSince(Completed earlier) {
      return (messages - earlier.messages) * 1e9 / (nanos - earlier.nanos);
    }
  }

  static Broker start(Path folder) throws IOException {
    Child child = Child.start(Command.java(BrokerProgram.class, HEAP), folder);
    try {
      return new Broker(child, child.next(LONGEST).text());
    } catch (IOException failure) {
      child.close();
      throw failure;
    } catch (InterruptedException interrupted) {
      child.close();
      Thread.currentThread().interrupt();
      throw new IOException("The broker was not waited for.", interrupted);
    }
  }

  String connectionString() {
    return connectionString;
  }

  /** Puts messages in, on top of nothing. */
  void fill(int warmUp, int counted) throws IOException, InterruptedException {
    child.send(warmUp + " " + counted);
    String there = child.next(LONGEST).text();
    if (!there.equals(Integer.toString(warmUp + counted))) {
      throw new IOException(
          "%d messages were to be in the queue, not: %s".formatted(warmUp + counted, there));
    }
  }

  /** {@return the end of the warm-up, and the next time that of the turn} */
  Completed completed() throws IOException, InterruptedException {
    String[] words = child.next(LONGEST).text().split(" ", -1);
    return new Completed(
        Long.parseLong(words[0]), Long.parseLong(words[1]), Integer.parseInt(words[2]));
  }

  Usage usage() {
    return child.usage();
  }

  @Override
  public void close() {
    child.close();
  }
}
