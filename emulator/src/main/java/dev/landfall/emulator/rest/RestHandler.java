package dev.landfall.emulator.rest;

import dev.landfall.emulator.api.ApiFault;
import dev.landfall.emulator.blob.BlobService;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers calls, and lets those go wrong that are to; what is no call goes on to what it wraps. */
final class RestHandler extends Handler.Wrapper {

  static final String LOGIN = "/login";

  private final Function<String, Optional<Routes.Route>> routes;
  private final Calls calls;
  private final Tokens tokens;
  private final BlobService blobs;
  private final URI environment;

  RestHandler(
      @Nullable Handler wrapped,
      Function<String, Optional<Routes.Route>> routes,
      Calls calls,
      Tokens tokens,
      BlobService blobs,
      URI environment) {
    super(wrapped);
    this.routes = routes;
    this.calls = calls;
    this.tokens = tokens;
    this.blobs = blobs;
    this.environment = environment;
  }

  /** Waits for the body of a call, so never on the thread that reads all connections. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Optional<Routes.Route> route = routes.apply(request.getHttpURI().getPath());
    if (route.isEmpty()) {
      return super.handle(request, response, callback);
    }
    ApiRequest call = ApiRequest.read(request);
    calls.remember(call);
    Optional<ApiFault> fault = route.get().call().flatMap(calls::next);
    if (fault.isEmpty()) {
      answer(reply(route.get(), call), request, response, callback);
      return true;
    }
    if (fault.get().happens()) {
      reply(route.get(), call);
    }
    switch (fault.get().kind()) {
      case CUT -> cut(request, callback);
      case LOGIN_PAGE ->
        answer(
            Reply.empty(302, Map.of("Location", environment + LOGIN)), request, response, callback);
      case ANSWER -> answer(reply(fault.get()), request, response, callback);
      // The server cuts it off when it is stopped.
      case SILENT -> {}
    }
    return true;
  }

  private Reply reply(Routes.Route route, ApiRequest call) {
    if (route.guarded() && !tokens.admits(call.authorization())) {
      Reply refusal = Reply.text(401, "The request is not authorized: it has no valid token.");
      Map<String, String> headers = new HashMap<>(refusal.headers());
      headers.put("WWW-Authenticate", "Bearer");
      return new Reply(401, headers, refusal.body(), Optional.empty(), refusal.delay());
    }
    if (!route.method().isEmpty() && !route.method().equals(call.method())) {
      return Reply.text(405, "The requested resource does not support this HTTP method.");
    }
    return route.answer().apply(call);
  }

  private static Reply reply(ApiFault fault) {
    int status = fault.status();
    if (status == 204 || status == 304) {
      return Reply.empty(status, Map.of());
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "text/html; charset=utf-8");
    fault.retryAfter().ifPresent(seconds -> headers.put("Retry-After", String.valueOf(seconds)));
    String body = status == 429
        ? "The request could not be processed because of high resource utilization. Try again later."
        : "<html><body><h1>" + status + "</h1></body></html>";
    return new Reply(status, headers, body, Optional.empty(), Duration.ZERO);
  }

  /** After the first byte: clients ask a second time by themselves when there was none. */
  private static void cut(Request request, Callback callback) {
    EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
    Runnable close = () -> {
      connection.close();
      callback.failed(new EOFException("cut on purpose"));
    };
    connection.write(
        Callback.from(close, failure -> close.run()),
        ByteBuffer.wrap("H".getBytes(StandardCharsets.US_ASCII)));
  }

  private void answer(Reply reply, Request request, Response response, Callback callback)
      throws IOException {
    if (reply.file().isPresent()) {
      blobs.send(reply.file().get(), request, response, callback);
    } else if (reply.delay().isZero()) {
      write(reply, response, callback);
    } else {
      var unused = request
          .getComponents()
          .getScheduler()
          .schedule(
              () -> write(reply, response, callback),
              reply.delay().toNanos(),
              TimeUnit.NANOSECONDS);
    }
  }

  private static void write(Reply reply, Response response, Callback callback) {
    response.setStatus(reply.status());
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    Content.Sink.write(response, true, reply.body(), callback);
  }
}
