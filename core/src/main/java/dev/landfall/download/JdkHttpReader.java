package dev.landfall.download;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Map;

/**
 * Reads with the client that the JDK brings, {@code java.net.http}.
 *
 * <p>It needs nothing on the class path. The client works on threads of its own and hands over to
 * the one that asked, which for a small file costs more than all the rest of a download.
 *
 * <p>It looks a host up by itself and cannot be told which address to take. That may differ from
 * the one that was checked only if the name changes in between; over https the answer must still
 * prove the host's name before the request, and with it the link, is sent. Http is spoken only to
 * origins that are trusted at any address.
 */
public final class JdkHttpReader implements HttpReader {

  private final Patience patience;
  private final HttpClient client;
  private final StallWatch watch;
  private volatile boolean closed;

  private JdkHttpReader(Patience patience) {
    this.patience = patience;
    this.watch = new StallWatch(patience.silence());
    this.client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .connectTimeout(patience.connect())
        .build();
  }

  /**
   * {@return a reader}
   *
   * @param hosts not asked again, see above
   * @param patience how long it waits
   */
  public static JdkHttpReader open(HostPolicy hosts, Patience patience) {
    return new JdkHttpReader(patience);
  }

  @Override
  public HttpAnswer get(URI uri, Map<String, String> headers)
      throws IOException, InterruptedException {
    if (closed) {
      throw new IOException("The reader is closed.");
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
    headers.forEach(request::setHeader);
    JdkAnswer answer = new JdkAnswer(patience.silence());
    boolean begun = false;
    watch.begin(answer);
    try {
      // On this thread as far as the client lets us, without the threads that its futures take.
      var unused = client.send(request.build(), answer::begin);
      begun = true;
      return answer;
    } catch (IOException failure) {
      // The client fails the call, too, if it hears early that a body breaks off.
      begun = answer.breakOff(failure);
      if (!begun) {
        throw failure;
      }
      return answer;
    } catch (InterruptedException interrupted) {
      if (answer.isGivenUp()) {
        throw answer.silent();
      }
      throw interrupted;
    } finally {
      watch.end(answer);
      if (!begun) {
        answer.close();
      }
    }
  }

  /** Refuses what comes later; the client of Java 17 has no end of its own but to be forgotten. */
  @Override
  public void close() {
    closed = true;
    watch.close();
  }
}
