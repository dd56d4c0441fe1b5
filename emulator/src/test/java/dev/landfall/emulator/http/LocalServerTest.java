package dev.landfall.emulator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LocalServerTest {

  private static final String GET = "GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n";

  private final LocalServer server = LocalServer.start((request, answer) -> {
    if (request.path().equals("/broken")) {
      throw new IllegalStateException("broken on purpose");
    }
    String text = request.method() + " " + request.path() + " " + request.query();
    answer.send(200, text.getBytes(StandardCharsets.UTF_8));
  });

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aConnectionTakesManyRequestsEvenInOneGo() throws Exception {
    try (Socket socket = connect()) {
      write(socket, GET + GET);
      assertEquals("GET /a b", body(socket));
      assertEquals("GET /a b", body(socket));
      write(socket, "POST /c HTTP/1.1\r\ncontent-length: 5\r\n\r\nhello" + GET);
      assertEquals("POST /c ", body(socket));
      assertEquals("GET /a b", body(socket));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a HTTP/1.1\r\nConnection: close\r\n\r\n",
        "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "PUT /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n",
        "PUT /a HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
        "GET /broken HTTP/1.1\r\n\r\n"
      })
  void aConnectionThatCannotGoOnIsClosedAfterItsAnswer(String request) throws Exception {
    try (Socket socket = connect()) {
      write(socket, request);
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(all.startsWith("HTTP/1.1 "), all);
      assertTrue(all.contains("\r\nConnection: close\r\n"), all);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET /a\r\n\r\n",
        "GET a HTTP/1.1\r\n\r\n",
        "GET /a HTTP/2.0\r\n\r\n",
        "GET /a HTTP/1.1\r\nno colon\r\n\r\n"
      })
  void bytesThatAreNoRequestAreABadRequest(String bytes) throws Exception {
    try (Socket socket = connect()) {
      write(socket, bytes);
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(all.startsWith("HTTP/1.1 400 "), all);
    }
  }

  @Test
  void anEndlessHeadIsCutOff() throws Exception {
    try (Socket socket = connect()) {
      write(socket, "GET /a HTTP/1.1\r\nX: " + "x".repeat(64 * 1024));
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
        assertEquals("GET /a b", body(socket), "connection " + i);
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
