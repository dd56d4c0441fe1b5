package dev.landfall.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.landfall.spi.Disposition;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What the sender hears: a status alone, or with a problem body as in RFC 9457.
 *
 * @param status of HTTP
 * @param detail a sentence for the sender's operator; null for no body
 * @param field a header that belongs to the status, or null
 */
record Answer(int status, @Nullable String detail, @Nullable HttpField field) {

  private static final Answer ACCEPTED = new Answer(HttpStatus.ACCEPTED_202, null, null);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  static Answer problem(int status, String detail) {
    return new Answer(status, detail, null);
  }

  static Answer problem(int status, String detail, HttpHeader header, String value) {
    return new Answer(status, detail, new HttpField(header, value));
  }

  static Answer tryLater(Duration wait, String detail) {
    Duration bounded = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    long seconds = Math.max(1, bounded.plusSeconds(1).minusNanos(1).toSeconds());
    return problem(
        HttpStatus.SERVICE_UNAVAILABLE_503, detail, HttpHeader.RETRY_AFTER, Long.toString(seconds));
  }

  static Answer to(Disposition disposition) {
    return switch (disposition.verdict()) {
      case ACCEPTED -> ACCEPTED;
      case REFUSED -> problem(HttpStatus.BAD_REQUEST_400, disposition.explanation());
      case TRY_LATER -> tryLater(disposition.retryAfter(), disposition.explanation());
    };
  }

  /** Writes it out; the callback hears of every outcome. */
  void write(Response response, Callback callback) {
    try {
      response.setStatus(status);
      if (field != null) {
        response.getHeaders().put(field);
      }
      ByteBuffer body = null;
      if (detail != null) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        body = ByteBuffer.wrap(problemBody(detail).getBytes(UTF_8));
      }
      // A body that is not read to its end ends the connection; asked now, the answer says so.
      response.getRequest().consumeAvailable();
      response.write(true, body, callback);
    } catch (IllegalStateException gone) {
      // The server ended the request by itself before it was answered.
      callback.failed(gone);
    }
  }

  private String problemBody(String detail) {
    StringBuilder json = new StringBuilder("{\"title\":\"");
    escape(HttpStatus.getMessage(status), json);
    json.append("\",\"status\":").append(status).append(",\"detail\":\"");
    escape(detail, json);
    return json.append("\"}").toString();
  }

  private static void escape(String text, StringBuilder json) {
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '"' || character == '\\') {
        json.append('\\').append(character);
      } else if (character < ' ') {
        json.append("\\u%04x".formatted((int) character));
      } else {
        json.append(character);
      }
    }
  }
}
