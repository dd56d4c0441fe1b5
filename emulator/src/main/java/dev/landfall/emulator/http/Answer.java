package dev.landfall.emulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is sent back for one request: a status, headers and a body of known length. */
public final class Answer {

  private static final Map<Integer, String> PHRASES = Map.ofEntries(
      Map.entry(200, "OK"),
      Map.entry(206, "Partial Content"),
      Map.entry(304, "Not Modified"),
      Map.entry(400, "Bad Request"),
      Map.entry(401, "Unauthorized"),
      Map.entry(403, "Forbidden"),
      Map.entry(404, "Not Found"),
      Map.entry(405, "Method Not Allowed"),
      Map.entry(412, "Precondition Failed"),
      Map.entry(416, "Range Not Satisfiable"),
      Map.entry(500, "Internal Server Error"));

  private final OutputStream out;
  private final boolean withoutBody;
  private final boolean last;
  private final StringBuilder headers = new StringBuilder(512);
  private boolean sent;

  Answer(OutputStream out, boolean withoutBody, boolean last) {
    this.out = out;
    this.withoutBody = withoutBody;
    this.last = last;
  }

  /**
   * Adds a header.
   *
   * @param name its name
   * @param value its value, without line breaks
   * @return this
   */
  public Answer header(String name, String value) {
    headers.append(name).append(": ").append(value).append("\r\n");
    return this;
  }

  /**
   * Sends the answer with a small body.
   *
   * @param status the HTTP status
   * @param body left out when the request was a HEAD
   * @throws IOException if the client is gone
   */
  public void send(int status, byte[] body) throws IOException {
    send(status, body.length, to -> to.write(body));
  }

  /**
   * Sends the answer with a body of any length.
   *
   * @param status the HTTP status
   * @param length of the body in bytes
   * @param body writes exactly so many bytes; not called when the request was a HEAD
   * @throws IOException if the client is gone or the body cannot be written
   */
  public void send(int status, long length, Body body) throws IOException {
    sent = true;
    if (status != 304) {
      header("Content-Length", Long.toString(length));
    }
    if (last) {
      header("Connection", "close");
    }
    String line = "HTTP/1.1 " + status + " " + PHRASES.getOrDefault(status, "Status") + "\r\n";
    out.write((line + headers + "\r\n").getBytes(StandardCharsets.UTF_8));
    if (!withoutBody && length > 0) {
      body.writeTo(out);
    }
    out.flush();
  }

  boolean isSent() {
    return sent;
  }

  /** Writes a body. */
  @FunctionalInterface
  public interface Body {

    /**
     * Writes all bytes, in blocks as large as memory allows.
     *
     * @param out not to be closed
     * @throws IOException if the client is gone or the bytes cannot be read
     */
    void writeTo(OutputStream out) throws IOException;
  }
}
