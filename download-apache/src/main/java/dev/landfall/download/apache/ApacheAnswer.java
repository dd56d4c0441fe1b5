package dev.landfall.download.apache;

import dev.landfall.download.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/** An answer whose body is read from the socket by the one who asks for it. */
final class ApacheAnswer implements HttpAnswer {

  private static final int SCRATCH = 16 * 1024;

  private final HttpGet request;
  private final ClassicHttpResponse response;
  private final InputStream body;
  private boolean ended;

  ApacheAnswer(HttpGet request, ClassicHttpResponse response) throws IOException {
    this.request = request;
    this.response = response;
    HttpEntity entity = response.getEntity();
    this.body = entity == null ? InputStream.nullInputStream() : entity.getContent();
    this.ended = entity == null;
  }

  @Override
  public int status() {
    return response.getCode();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  @Override
  public int read(ByteBuffer target) throws IOException, InterruptedException {
    try {
      int read = target.hasArray() ? readInto(target) : copyInto(target);
      ended = read < 0;
      return read;
    } catch (IOException failure) {
      throw Interrupts.orElse(failure);
    }
  }

  private int readInto(ByteBuffer target) throws IOException {
    int read =
        body.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
    target.position(target.position() + Math.max(0, read));
    return read;
  }

  private int copyInto(ByteBuffer target) throws IOException {
    byte[] some = new byte[Math.min(SCRATCH, target.remaining())];
    int read = body.read(some);
    target.put(some, 0, Math.max(0, read));
    return read;
  }

  @Override
  public void close() {
    if (!ended) {
      // To close the response alone would read all that is still to come.
      request.cancel();
    }
    try {
      response.close();
    } catch (IOException broken) {
      // It was broken off, and says so.
    }
  }
}
