package dev.landfall.download;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads with another reader and keeps what was asked for and what came; used by one thread. */
final class RecordingReader implements HttpReader {

  private final HttpReader reader;
  private final List<Exchange> exchanges = new ArrayList<>();
  private int breakingOff = Integer.MAX_VALUE;

  RecordingReader(HttpReader reader) {
    this.reader = reader;
  }

  /** A request, its answer, and how much of the body was taken. */
  static final class Exchange implements HttpAnswer {

    private final Map<String, String> asked;
    private final HttpAnswer answer;
    private int left;
    private int taken;

    private Exchange(Map<String, String> asked, HttpAnswer answer, int left) {
      this.asked = asked;
      this.answer = answer;
      this.left = left;
    }

    /** The headers of the request. */
    Map<String, String> asked() {
      return asked;
    }

    /** How many bytes of the body were taken. */
    int taken() {
      return taken;
    }

    /** Azure's name of what is wrong; empty if nothing is. */
    String code() {
      return header("x-ms-error-code").orElse("");
    }

    @Override
    public int status() {
      return answer.status();
    }

    @Override
    public Optional<String> header(String name) {
      return answer.header(name);
    }

    @Override
    public int read(ByteBuffer target) throws IOException, InterruptedException {
      if (left == 0) {
        throw new IOException("The connection broke off.");
      }
      int limit = target.limit();
      target.limit(target.position() + Math.min(left, target.remaining()));
      int read = answer.read(target);
      target.limit(limit);
      taken += Math.max(0, read);
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public void close() {
      answer.close();
    }
  }

  /** Breaks the next body off after so many bytes. */
  void breakOffAfter(int bytes) {
    breakingOff = bytes;
  }

  /** What there was so far. */
  List<Exchange> exchanges() {
    return exchanges;
  }

  List<Integer> statuses() {
    return exchanges.stream().map(Exchange::status).toList();
  }

  int taken() {
    return exchanges.stream().mapToInt(Exchange::taken).sum();
  }

  @Override
  public HttpAnswer get(URI uri, Map<String, String> headers)
      throws IOException, InterruptedException {
    Exchange exchange = new Exchange(headers, reader.get(uri, headers), breakingOff);
    breakingOff = Integer.MAX_VALUE;
    exchanges.add(exchange);
    return exchange;
  }

  @Override
  public void close() {
    reader.close();
  }
}
