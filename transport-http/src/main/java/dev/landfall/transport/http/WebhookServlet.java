package dev.landfall.transport.http;

import dev.landfall.event.Headers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the requests of a servlet container to an endpoint, and holds no thread meanwhile.
 *
 * <p>It is mapped to the path of the events and allowed to be asynchronous:
 *
 * <pre>{@code
 * ServletRegistration.Dynamic events = context.addServlet("events", new WebhookServlet(endpoint));
 * events.addMapping("/events");
 * events.setAsyncSupported(true);
 * }</pre>
 *
 * <p>How long a body may take to arrive is the container's affair, and most restart their timer
 * with each byte. Needs Jakarta Servlet 6 (Tomcat 10.1, Jetty 12 with EE 10, and newer).
 */
// Who uses it has that module; who does not, must not need it.
@SuppressWarnings("exports")
public final class WebhookServlet extends HttpServlet {

  @Serial
  private static final long serialVersionUID = 1;

  private static final Logger LOG = LoggerFactory.getLogger(WebhookServlet.class);
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.%a-z]*:.*");
  private static final int BLOCK = 8192;

  private final transient WebhookEndpoint endpoint;

  /**
   * Makes a servlet for an endpoint.
   *
   * @param endpoint a source of some pipeline, which starts and closes it
   */
  public WebhookServlet(WebhookEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    WebhookRequest head = head(request);
    WebhookAnswer early = endpoint.answerToHead(head).orElse(null);
    if (early != null) {
      send(early, response);
      return;
    }
    AsyncContext exchange = request.startAsync();
    // The endpoint answers in time by itself.
    exchange.setTimeout(0);
    request.getInputStream().setReadListener(new Body(head, exchange, request.getInputStream()));
  }

  private static WebhookRequest head(HttpServletRequest request) {
    Map<String, String> values = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      values.put(name, request.getHeader(name));
    }
    return new WebhookRequest(
        request.getMethod(),
        request.getRequestURI(),
        request.getQueryString(),
        Headers.of(values),
        request.getContentLengthLong(),
        sender(request.getRemoteAddr()));
  }

  /** What a container tells is an address, as a rule; a name would be looked up. */
  private static @Nullable InetAddress sender(@Nullable String told) {
    try {
      return told != null && ADDRESS.matcher(told).matches() ? InetAddress.getByName(told) : null;
    } catch (UnknownHostException none) {
      return null;
    }
  }

  private static void send(WebhookAnswer answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Collects a body as it arrives; one byte more than fits is enough to be refused. */
  private final class Body implements ReadListener {

    private final WebhookRequest head;
    private final AsyncContext exchange;
    private final ServletInputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final byte[] block = new byte[BLOCK];
    private final AtomicBoolean ended = new AtomicBoolean();
    private boolean handedOver;

    Body(WebhookRequest head, AsyncContext exchange, ServletInputStream in) {
      this.head = head;
      this.exchange = exchange;
      this.in = in;
    }

    @Override
    public void onDataAvailable() throws IOException {
      while (!handedOver && in.isReady()) {
        int read = in.read(block);
        if (read < 0) {
          return;
        }
        bytes.write(block, 0, Math.min(read, endpoint.bodyLimit() + 1 - bytes.size()));
        if (bytes.size() > endpoint.bodyLimit()) {
          handOver();
        }
      }
    }

    @Override
    public void onAllDataRead() {
      handOver();
    }

    private void handOver() {
      if (!handedOver) {
        handedOver = true;
        var unused = endpoint.answer(head, bytes.toByteArray()).thenAccept(this::answer);
      }
    }

    /** Whoever is first ends the request; after that the container may give it to another. */
    private void answer(WebhookAnswer answer) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      try {
        send(answer, (HttpServletResponse) exchange.getResponse());
      } catch (IOException | RuntimeException gone) {
        LOG.debug("{}: a sender went away before it was answered.", endpoint.name(), gone);
      }
      exchange.complete();
    }

    @Override
    public void onError(Throwable failure) {
      LOG.debug("{}: a body broke off.", endpoint.name(), failure);
      if (ended.compareAndSet(false, true)) {
        exchange.complete();
      }
    }
  }
}
