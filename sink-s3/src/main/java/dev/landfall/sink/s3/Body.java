package dev.landfall.sink.s3;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A part as the body of a request, which the client opens once for each try; closed by whoever made
 * it, as the client does not.
 */
final class Body implements ContentStreamProvider, AutoCloseable {

  private final Part part;
  private @Nullable InputStream open;

  Body(Part part) {
    this.part = part;
  }

  RequestBody request() {
    return RequestBody.fromContentProvider(this, part.length(), part.content().type());
  }

  @Override
  public InputStream newStream() {
    try {
      close();
      InputStream stream = part.open();
      open = stream;
      return stream;
    } catch (IOException e) {
      throw new UnreadFileException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
    }
  }
}
