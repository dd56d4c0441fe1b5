package dev.landfall.transport.http;

import dev.landfall.event.Headers;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Brings the requests of the webhook's own server to its desk, and the answers back. */
final class Intake extends Handler.Abstract {

  private static final Map<String, String> CLOSING = Map.of("Connection", "close");

  private final Desk desk;
  private final Settings settings;

  Intake(Desk desk, Settings settings) {
    this.desk = desk;
    this.settings = settings;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    WatchedEndPoint connection =
        WatchedEndPoint.under(request.getConnectionMetaData().getConnection().getEndPoint());
    // An answer may take longer than a connection may idle, and reading has its own deadline.
    request.addIdleTimeoutListener(timeout -> false);
    WebhookRequest head = head(request);
    WebhookAnswer early = framingFault(request);
    if (early == null) {
      early = earlyAnswer(head);
    }
    if (early == null) {
      early = desk.enter();
    }
    if (early != null) {
      write(early, response, Callback.from(connection::requestRead, callback));
      return true;
    }
    Callback leaving = Callback.from(
        () -> {
          connection.requestRead();
          desk.leave();
        },
        callback);
    connection.headRead();
    new Exchange(this, head, connection, request, response, leaving).run();
    return true;
  }

  /**
   * {@return why it is doubtful where a request ends, or null if it is not}
   *
   * <p>What is refused here the server would take, where others on the way may see another end.
   */
  private static @Nullable WebhookAnswer framingFault(Request request) {
    if (HttpMethod.CONNECT.is(request.getMethod())) {
      return WebhookAnswer.problem(
          405, "Events are posted.", Map.of("Allow", "POST", "Connection", "close"));
    }
    String coding = request.getHeaders().get(HttpHeader.TRANSFER_ENCODING);
    if (coding == null) {
      return null;
    }
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1) {
      return WebhookAnswer.problem(
          400, "Only requests of HTTP/1.1 may have a Transfer-Encoding.", CLOSING);
    }
    return HttpHeaderValue.CHUNKED.is(coding)
        ? null
        : WebhookAnswer.problem(501, "The only Transfer-Encoding is chunked.", CLOSING);
  }

  private @Nullable WebhookAnswer earlyAnswer(WebhookRequest head) {
    Health health = settings.health();
    if (health != null && health.isAsked(head)) {
      return health.answer(desk.closing());
    }
    return settings.path().equals(head.path())
        ? desk.answerToHead(head)
        : WebhookAnswer.problem(404, "Events are taken at another path.");
  }

  Desk desk() {
    return desk;
  }

  /** {@return why a body is given up} */
  WebhookAnswer tooLate() {
    return desk.closing()
        ? Desk.shuttingDown()
        : WebhookAnswer.problem(
            408,
            "A request arrives completely within %d ms; this one did not."
                .formatted(settings.requestDeadline().toMillis()));
  }

  private static WebhookRequest head(Request request) {
    // In the order that headers are kept in, so that they need not be sorted again.
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpField field : request.getHeaders()) {
      if (field.getValue() != null) {
        values.putIfAbsent(field.getName(), field.getValue());
      }
    }
    return new WebhookRequest(
        request.getMethod(),
        path(request),
        request.getHttpURI().getQuery(),
        Headers.of(values),
        request.getLength(),
        request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress sender
            ? sender.getAddress()
            : null);
  }

  /** As it was sent: two spellings of one path may be two paths to a proxy that guards one. */
  private static String path(Request request) {
    String path = request.getHttpURI().getPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /** Writes an answer out; the callback hears of every outcome. */
  static void write(WebhookAnswer answer, Response response, Callback callback) {
    try {
      response.setStatus(answer.status());
      answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      ByteBuffer body = answer.body().isEmpty()
          ? null
          : ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8));
      // A body that is not read to its end ends the connection; asked now, the answer says so.
      response.getRequest().consumeAvailable();
      response.write(true, body, callback);
    } catch (IllegalStateException gone) {
      // The server ended the request by itself before it was answered.
      callback.failed(gone);
    }
  }
}
