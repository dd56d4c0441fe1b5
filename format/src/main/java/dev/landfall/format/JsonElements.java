package dev.landfall.format;

import com.fasterxml.jackson.core.JsonToken;
import dev.landfall.file.ExportedFile;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The values of one JSON text that should be its records. */
final class JsonElements implements Closeable {

  private final JsonEvents json;
  private final JsonLayout layout;
  private boolean begun;
  private boolean ended;

  private JsonElements(JsonEvents json, JsonLayout layout) {
    this.json = json;
    this.layout = layout;
  }

  static JsonElements open(ExportedFile file, JsonLayout layout, RecordLimits limits)
      throws IOException {
    return new JsonElements(JsonEvents.open(file, limits), layout);
  }

  JsonEvents json() {
    return json;
  }

  /** {@return the first token of the next record, or null after the last} */
  @Nullable
  JsonToken next() throws IOException {
    if (ended) {
      return null;
    }
    if (!begun) {
      begun = true;
      begin();
    }
    JsonToken token = json.next();
    if (token == null || token == JsonToken.END_ARRAY) {
      ended = true;
      end();
      return null;
    }
    return token;
  }

  private void begin() throws IOException {
    switch (layout.kind()) {
      case ARRAY -> json.next();
      case MEMBER -> enterMember();
      case LINES -> {}
    }
  }

  private void enterMember() throws IOException {
    if (json.next() == JsonToken.START_OBJECT) {
      while (json.next() == JsonToken.FIELD_NAME) {
        boolean found = json.text().equals(layout.member());
        JsonToken value = json.next();
        if (found && value == JsonToken.START_ARRAY) {
          return;
        }
        json.skip();
      }
    }
    throw json.malformed("an object with an array called %s was expected."
        .formatted(Columns.shortened(layout.member())));
  }

  private void end() throws IOException {
    if (layout.kind() == JsonLayout.Kind.LINES) {
      return;
    }
    if (layout.kind() == JsonLayout.Kind.MEMBER) {
      leaveMember();
    }
    if (json.next() != null) {
      throw json.malformed(
          "nothing was expected after the %s with the records. If each object is a record, read the file with that layout ('withLines')."
              .formatted(layout.kind() == JsonLayout.Kind.ARRAY ? "array" : "object"));
    }
  }

  /** Sees that the array was the only one in which records may be. */
  private void leaveMember() throws IOException {
    while (json.next() == JsonToken.FIELD_NAME) {
      String name = json.text();
      JsonToken inArray = json.enterArray();
      boolean another = inArray == JsonToken.START_OBJECT && !layout.chosen();
      if (another || name.equals(layout.member())) {
        throw json.malformed(
            "one array of objects was expected, and after %s there is %s. Choose one ('withArray')."
                .formatted(Columns.shortened(layout.member()), Columns.shortened(name)));
      }
      json.leaveArray(inArray);
    }
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
