package dev.landfall.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server that says what it is told to, whatever is asked. */
final class ScriptedServer implements Closeable {

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final String answer;
  private final int requestLength;
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();

  /** Answers every request, all of one length in bytes; an empty answer closes the connection. */
  ScriptedServer(int requestLength, String answer) throws IOException {
    this.requestLength = requestLength;
    this.answer = answer;
    Thread thread = new Thread(this::acceptAll, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:%d/events".formatted(socket.getLocalPort()));
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket connection = socket.accept();
        Thread thread = new Thread(() -> serve(connection), "scripted-connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      byte[] request = connection.getInputStream().readNBytes(requestLength);
      while (request.length == requestLength) {
        requests.add(new String(request, StandardCharsets.US_ASCII));
        if (answer.isEmpty()) {
          return;
        }
        // In two parts, as a network may hand them over.
        byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
        connection.getOutputStream().write(bytes, 0, 20);
        connection.getOutputStream().flush();
        connection.getOutputStream().write(bytes, 20, bytes.length - 20);
        request = connection.getInputStream().readNBytes(requestLength);
      }
    } catch (IOException gone) {
      // The sender has enough.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
