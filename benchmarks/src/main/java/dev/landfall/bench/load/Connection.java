package dev.landfall.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One sender's connection, with one request under way at a time. */
final class Connection implements AutoCloseable {

  private static final int LONGEST_ANSWER = 8 * 1024;

  private final SocketChannel channel;
  private final Request request;
  private final ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
  private long sentAt;

  private Connection(SocketChannel channel, Request request) {
    this.channel = channel;
    this.request = request;
  }

  static Connection to(InetSocketAddress address, Request request) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    return new Connection(channel, request);
  }

  void register(Selector selector) throws IOException {
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Sends an event; a request is far smaller than what the system takes at once. */
  void send(EventIds ids, long number) throws IOException {
    ByteBuffer bytes = request.of(ids, number);
    answer.clear();
    sentAt = System.nanoTime();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** {@return {@link System#nanoTime} when the last event was sent} */
  long sentAt() {
    return sentAt;
  }

  /** Reads what has come; tells whether that is all of an answer which accepts the event. */
  boolean isAnswered() throws IOException {
    if (channel.read(answer) < 0) {
      throw new IOException("A connection was closed before its event was answered.");
    }
    if (!Answer.isWhole(answer.array(), answer.position())) {
      if (!answer.hasRemaining()) {
        throw new IOException(
            "An answer has at most %d bytes; one has more.".formatted(LONGEST_ANSWER));
      }
      return false;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
