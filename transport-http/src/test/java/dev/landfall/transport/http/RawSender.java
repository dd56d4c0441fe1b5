package dev.landfall.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;

/** A sender that writes what it likes. */
final class RawSender implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  RawSender(Webhook webhook) throws IOException {
    this(webhook.port());
  }

  RawSender(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** {@return a head that ends before the blank line} */
  static String head(String... more) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\n"
        + String.join("\r\n", more)
        + (more.length == 0 ? "" : "\r\n")
        + "X-Landfall-Secret: "
        + Sender.SECRET
        + "\r\n";
  }

  /** {@return a whole head of a post to {@code /events}, with the secret} */
  static String events(String... more) {
    return head(more).replace("POST /", "POST /events") + "\r\n";
  }

  RawSender write(String text) throws IOException {
    return write(text.getBytes(ISO_8859_1));
  }

  RawSender write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** {@return whether an answer has begun to arrive} */
  boolean hasAnswer() throws IOException {
    return in.available() > 0;
  }

  /** {@return the next answer: status line, head and body} */
  String answer() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("The connection ended after: " + head);
      }
      head.append((char) next);
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int length = lower.indexOf("content-length: ");
    int bytes = length < 0
        ? 0
        : Integer.parseInt(lower.substring(length + 16, lower.indexOf("\r\n", length)));
    return head + new String(in.readNBytes(bytes), ISO_8859_1);
  }

  /** {@return all that still comes before the other side closes, in whatever way} */
  String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketException reset) {
      // Closed all the same.
    }
    return all.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
