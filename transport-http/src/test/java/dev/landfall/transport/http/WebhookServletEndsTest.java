package dev.landfall.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.spi.Disposition;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a request ends, whatever a container tells about it; the container is a fake. */
class WebhookServletEndsTest {

  private final WebhookEndpoint endpoint =
      WebhookEndpoint.named("/events").withoutSecret().build();
  private final CompletableFuture<Disposition> outcome = new CompletableFuture<>();
  private final List<String> told = new ArrayList<>();
  private final Body body = new Body();
  private RuntimeException broken = new IllegalStateException("Not broken.");
  private boolean isBroken;

  @BeforeEach
  void start() {
    endpoint.start(delivery -> outcome);
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  /** An input that has two bytes and then no more. */
  private static final class Body extends ServletInputStream {

    private int left = 2;
    private ReadListener listener = new ReadListener() {
      @Override
      public void onDataAvailable() {}

      @Override
      public void onAllDataRead() {}

      @Override
      public void onError(Throwable failure) {}
    };

    @Override
    public int read() {
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] block, int offset, int length) {
      block[offset] = 'x';
      left--;
      return 1;
    }

    @Override
    public boolean isFinished() {
      return left <= 0;
    }

    @Override
    public boolean isReady() {
      return left > 0;
    }

    @Override
    public void setReadListener(ReadListener value) {
      listener = value;
    }
  }

  private final class Answer extends ServletOutputStream {

    @Override
    public void write(int value) throws IOException {
      throw new IOException("A block is written.");
    }

    @Override
    public void write(byte[] block, int offset, int length) {
      told.add("write");
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener value) {}
  }

  private static <T> T fake(Class<T> type, InvocationHandler behaviour) {
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, behaviour));
  }

  private ReadListener begun() throws Exception {
    HttpServletResponse response = fake(HttpServletResponse.class, (proxy, method, values) -> {
      if (isBroken) {
        throw broken;
      }
      if (method.getName().equals("setStatus")) {
        told.add("status " + values[0]);
      }
      return method.getName().equals("getOutputStream") ? new Answer() : null;
    });
    AsyncContext exchange = fake(AsyncContext.class, (proxy, method, values) -> {
      if (method.getName().equals("complete")) {
        told.add("complete");
      }
      return method.getName().equals("getResponse") ? response : null;
    });
    ServletRequest request =
        fake(HttpServletRequest.class, (proxy, method, values) -> switch (method.getName()) {
          case "getMethod" -> "POST";
          case "getRequestURI" -> "/events";
          case "getHeaderNames" -> Collections.emptyEnumeration();
          case "getContentLengthLong" -> 2L;
          case "getRemoteAddr" -> "127.0.0.1";
          case "getInputStream" -> body;
          case "startAsync" -> exchange;
          default -> null;
        });
    new WebhookServlet(endpoint).service(request, response);
    body.listener.onDataAvailable();
    return body.listener;
  }

  @Test
  void anAnsweredRequestEndsOnce() throws Exception {
    begun().onAllDataRead();
    outcome.complete(Disposition.accepted());
    assertEquals(List.of("status 202", "write", "complete"), told);
  }

  @Test
  void aSenderThatGoesAwayBeforeItsAnswerEndsTheRequestOnce() throws Exception {
    ReadListener listener = begun();
    listener.onAllDataRead();
    listener.onError(new IOException("Gone."));
    outcome.complete(Disposition.accepted());
    assertEquals(List.of("complete"), told, "Another request may have the response by then.");
  }

  @Test
  void anErrorAfterTheAnswerEndsNothingAgain() throws Exception {
    ReadListener listener = begun();
    listener.onAllDataRead();
    outcome.complete(Disposition.accepted());
    listener.onError(new IOException("Gone."));
    assertEquals(List.of("status 202", "write", "complete"), told);
  }

  @Test
  void aResponseThatBreaksEndsTheRequestNevertheless() throws Exception {
    ReadListener listener = begun();
    isBroken = true;
    broken = new NullPointerException("As containers have it for a response that is gone.");
    listener.onAllDataRead();
    outcome.complete(Disposition.accepted());
    assertEquals(List.of("complete"), told);
  }
}
