package dev.landfall.emulator.rest;

import dev.landfall.emulator.blob.Blob;
import dev.landfall.emulator.json.JsonText;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a call.
 *
 * @param status the HTTP status
 * @param headers besides the length
 * @param body the text, if there is no file
 * @param file what is sent instead of the text
 * @param delay how long it takes, in real time
 */
record Reply(
    int status, Map<String, String> headers, String body, Optional<Blob> file, Duration delay) {

  private static final String TYPE = "Content-Type";

  static Reply empty(int status, Map<String, String> headers) {
    return new Reply(status, headers, "", Optional.empty(), Duration.ZERO);
  }

  static Reply text(int status, String text) {
    return text(status, "text/plain; charset=utf-8", text);
  }

  static Reply html(int status, String text) {
    return text(status, "text/html; charset=utf-8", text);
  }

  static Reply json(int status, Map<String, ? extends @Nullable Object> members) {
    return text(status, "application/json; charset=utf-8", JsonText.object(members));
  }

  static Reply odata(int status, Map<String, ? extends @Nullable Object> members) {
    return text(
        status,
        "application/json; odata.metadata=minimal; odata.streaming=true",
        JsonText.object(members));
  }

  private static Reply text(int status, String type, String text) {
    return new Reply(status, Map.of(TYPE, type), text, Optional.empty(), Duration.ZERO);
  }

  static Reply file(Blob blob) {
    return new Reply(200, Map.of(), "", Optional.of(blob), Duration.ZERO);
  }

  Reply after(Duration time) {
    return new Reply(status, headers, body, file, time);
  }
}
