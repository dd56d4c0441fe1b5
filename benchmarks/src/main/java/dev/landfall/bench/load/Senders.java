package dev.landfall.bench.load;

import dev.landfall.bench.frame.Latencies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Post events over connections that stay open, each the next one as soon as the last was answered.
 *
 * <p>One thread serves them all and does as little as possible, to leave the processor to those who
 * are measured: requests are ready-made and only an event's id is written into them, and of an
 * answer nothing is read but its status and length. Used by one thread.
 */
public final class Senders implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ENOUGH_AT_FIRST = 1 << 16;

  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();
  private final EventIds ids;
  private long sent;
  private long[] took = new long[ENOUGH_AT_FIRST];

  private Senders(Selector selector, EventIds ids) {
    this.selector = selector;
    this.ids = ids;
  }

  /**
   * What became of a series of events, all of which were accepted.
   *
   * @param count how many there were
   * @param latencies from sending each to having its answer
   * @param took from the first event to the last answer
   */
  public record Answered(int count, Latencies latencies, Duration took) {

    /** {@return how many events there were in a second} */
    public double perSecond() {
      return count / (took.toNanos() / 1e9);
    }
  }

  /**
   * Connects.
   *
   * @param count how many
   * @param endpoint where they post, on this machine
   * @param event what they post, with {@link ExportEvent#ID} in it
   * @param ids what takes its place, by number from 0
   * @return the senders, to be closed
   * @throws IOException if nobody listens there
   */
  public static Senders connect(int count, URI endpoint, byte[] event, EventIds ids)
      throws IOException {
    Senders senders = new Senders(Selector.open(), ids);
    try {
      InetSocketAddress address = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
      for (int i = 0; i < count; i++) {
        Connection connection = Connection.to(address, Request.post(endpoint, event));
        senders.connections.add(connection);
        connection.register(senders.selector);
      }
      return senders;
    } catch (IOException failure) {
      senders.close();
      throw failure;
    }
  }

  /** {@return how many events were sent so far, in all} */
  public long sent() {
    return sent;
  }

  /**
   * Posts events until there are enough of them or it was long enough, and awaits all answers.
   *
   * @param most how many at most, 1 or more
   * @param longest after which no further event is sent
   * @return how long it took
   * @throws IOException if an answer is not 202, or does not come
   */
  public Answered post(int most, Duration longest) throws IOException {
    long begin = System.nanoTime();
    long end = begin + longest.toNanos();
    int begun = 0;
    int answered = 0;
    for (Connection connection : connections) {
      if (begun < most) {
        connection.send(ids, sent);
        sent++;
        begun++;
      }
    }
    long now = begin;
    while (answered < begun) {
      if (selector.select(PATIENCE.toMillis()) == 0) {
        throw new IOException(
            "%d events were not answered for %s.".formatted(begun - answered, PATIENCE));
      }
      for (SelectionKey key : selector.selectedKeys()) {
        Connection connection = (Connection) key.attachment();
        if (connection.isAnswered()) {
          now = System.nanoTime();
          keep(answered, now - connection.sentAt());
          answered++;
          if (begun < most && now < end) {
            connection.send(ids, sent);
            sent++;
            begun++;
          }
        }
      }
      selector.selectedKeys().clear();
    }
    return new Answered(
        answered, new Latencies(Arrays.copyOf(took, answered)), Duration.ofNanos(now - begin));
  }

  private void keep(int index, long nanos) {
    if (index == took.length) {
      took = Arrays.copyOf(took, 2 * took.length);
    }
    took[index] = nanos;
  }

  /** Closes all connections. */
  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
