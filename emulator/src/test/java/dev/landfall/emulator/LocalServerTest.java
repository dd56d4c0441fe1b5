package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LocalServerTest {

  private static final String GET = "GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n";

  private final CountDownLatch stalled = new CountDownLatch(1);

  private final LocalServer server = LocalServer.start(new Handler.Abstract() {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String asked = request.getMethod() + " " + request.getHttpURI().getPathQuery();
      switch (asked) {
        case "GET /broken" -> throw new IllegalStateException("broken on purpose");
        case "GET /stalled" -> stalled.countDown();
        default -> Content.Sink.write(response, true, asked, callback);
      }
      return true;
    }
  });

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aConnectionTakesManyRequestsEvenInOneGo() throws Exception {
    try (Socket socket = connect()) {
      write(socket, GET + GET);
      assertEquals("GET /a?b", body(socket));
      assertEquals("GET /a?b", body(socket));
      write(socket, "POST /c HTTP/1.1\r\nHost: x\r\ncontent-length: 5\r\n\r\nhello" + GET);
      assertEquals("POST /c", body(socket));
      assertEquals("GET /a?b", body(socket));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dmf/Customer%20g%7B01%7D.csv?sig=a%2Bb%3D&st=2030-01-01T00%3A05%3A00Z",
        "/dmf/a+b{c}%2f%25%5c;d=e//./%C3%A4",
        "/%E4?%zz=%"
      })
  void aPathAndQueryArriveAsTheyWereSent(String target) throws Exception {
    String sent = target + "&q".repeat(20_000);
    try (Socket socket = connect()) {
      write(socket, "GET " + sent + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals("GET " + sent, body(socket));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET /a\r\n\r\n",
        "GET a HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a HTTP/2.0\r\nHost: x\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET /broken HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
      })
  void theServerSaysNothingOfItsOwnWhenItRefuses(String bytes) throws Exception {
    try (Socket socket = connect()) {
      write(socket, bytes);
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(
          all.matches(
              "HTTP/1.1 [45]\\d\\d [A-Za-z ]+\r\n((Content-Length: 0|Connection: close)\r\n)+\r\n"),
          all);
    }
  }

  @Test
  void closingCutsAnAnswerUnderWay() throws Exception {
    try (Socket socket = connect()) {
      write(socket, "GET /stalled HTTP/1.1\r\nHost: x\r\n\r\n");
      assertTrue(stalled.await(10, TimeUnit.SECONDS));
      server.close();
      assertEquals(-1, socket.getInputStream().read());
    }
    assertThrows(ConnectException.class, () -> connect().close());
  }

  @Test
  void aThreadThatIsInterruptedClosesTheServerAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    server.close();
    assertTrue(Thread.interrupted());
    assertThrows(ConnectException.class, () -> connect().close());
  }

  @Test
  void anEndlessHeadIsCutOff() throws Exception {
    try (Socket socket = connect()) {
      write(socket, "GET /a HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(64 * 1024));
      assertEquals('H', socket.getInputStream().read());
    }
  }

  @Test
  void idleConnectionsDoNotKeepOthersOut() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket socket = connect();
        sockets.add(socket);
        write(socket, GET);
        assertEquals("GET /a?b", body(socket), "connection " + i);
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String body(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      assertTrue(next >= 0, "closed after: " + head);
      head.append((char) next);
    }
    String length = head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
    return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
  }
}
