package dev.landfall.transport.http;

import dev.landfall.spi.Receiver;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Refuses what its headers already condemn, and lets the rest in as far as there is room. */
final class Intake extends Handler.Abstract {

  /** How long a sender should wait when nothing better is known. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  private final String name;
  private final Settings settings;
  private final Receiver receiver;
  private final Semaphore room;
  private volatile boolean closing;

  Intake(String name, Settings settings, Receiver receiver) {
    this.name = name;
    this.settings = settings;
    this.receiver = receiver;
    room = new Semaphore(settings.maxConcurrentRequests());
  }

  String name() {
    return name;
  }

  Settings settings() {
    return settings;
  }

  Receiver receiver() {
    return receiver;
  }

  boolean closing() {
    return closing;
  }

  /** Lets nobody in any more. */
  void close() {
    closing = true;
  }

  /** {@return whether all who are in have their answer, once that is so or its time is over} */
  boolean awaitEmpty() throws InterruptedException {
    return room.tryAcquire(
        settings.maxConcurrentRequests(), settings.answerWithin().toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var connection =
        (WatchedEndPoint) request.getConnectionMetaData().getConnection().getEndPoint();
    // An answer may take longer than a connection may idle, and reading has its own deadline.
    request.addIdleTimeoutListener(timeout -> false);
    Answer refusal = refusal(request);
    if (refusal == null && !room.tryAcquire()) {
      refusal = Answer.tryLater(PAUSE, "The webhook has as many requests as it may hold.");
    }
    if (refusal != null) {
      refusal.write(response, Callback.from(connection::requestRead, callback));
      return true;
    }
    Callback leaving = Callback.from(
        () -> {
          connection.requestRead();
          room.release();
        },
        callback);
    // Asked after a place is taken: who then waits for all places knows that nobody follows.
    if (closing) {
      shuttingDown().write(response, leaving);
    } else {
      connection.headRead();
      new Exchange(this, connection, request, response, leaving).run();
    }
    return true;
  }

  private @Nullable Answer refusal(Request request) {
    if (!settings.path().equals(Request.getPathInContext(request))) {
      return Answer.problem(HttpStatus.NOT_FOUND_404, "Events are taken at another path.");
    }
    if (!HttpMethod.POST.is(request.getMethod())) {
      return Answer.problem(
          HttpStatus.METHOD_NOT_ALLOWED_405, "Events are posted.", HttpHeader.ALLOW, "POST");
    }
    HttpFields headers = request.getHeaders();
    if (!settings
        .secrets()
        .admit(headers.get(SharedSecrets.HEADER), request.getHttpURI().getQuery())) {
      return Answer.problem(
          HttpStatus.UNAUTHORIZED_401,
          "The shared secret is expected in the query parameter %s or the header %s; it is missing or wrong."
              .formatted(SharedSecrets.PARAMETER, SharedSecrets.HEADER),
          HttpHeader.WWW_AUTHENTICATE,
          "SharedSecret");
    }
    String encoding = headers.get(HttpHeader.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Answer.problem(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
          "A body is sent as it is, without Content-Encoding.",
          HttpHeader.ACCEPT_ENCODING,
          "identity");
    }
    return request.getLength() > settings.bodyLimit() ? tooLarge() : null;
  }

  Answer tooLarge() {
    return Answer.problem(
        HttpStatus.PAYLOAD_TOO_LARGE_413,
        "A body has at most %d bytes; this one has more.".formatted(settings.bodyLimit()));
  }

  Answer tooSlow() {
    return Answer.problem(
        HttpStatus.REQUEST_TIMEOUT_408,
        "A request arrives completely within %d ms; this one did not."
            .formatted(settings.requestDeadline().toMillis()));
  }

  Answer shuttingDown() {
    return Answer.tryLater(PAUSE, "The webhook is shutting down.");
  }
}
