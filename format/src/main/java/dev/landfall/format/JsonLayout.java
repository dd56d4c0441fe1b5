package dev.landfall.format;

import com.fasterxml.jackson.core.JsonToken;
import dev.landfall.file.ExportedFile;
import java.io.IOException;

/**
 * Where the records of a JSON text are.
 *
 * @param kind one of three
 * @param member whose value is the array, if it is in one
 * @param chosen whether a user has said so, and other arrays are none of his records
 */
record JsonLayout(Kind kind, String member, boolean chosen) {

  enum Kind {
    ARRAY,
    MEMBER,
    LINES
  }

  static final JsonLayout LINES = new JsonLayout(Kind.LINES, "", true);
  private static final JsonLayout ARRAY = new JsonLayout(Kind.ARRAY, "", false);

  static JsonLayout inMember(String name, boolean chosen) {
    return new JsonLayout(Kind.MEMBER, name, chosen);
  }

  /** Finds it out from as little of a file as tells it. */
  static JsonLayout of(ExportedFile file, RecordLimits limits) throws IOException {
    try (JsonEvents json = JsonEvents.open(file, limits)) {
      JsonToken first = json.next();
      if (first == JsonToken.START_ARRAY) {
        return ARRAY;
      }
      if (first == JsonToken.START_OBJECT) {
        return ofObject(json);
      }
      throw json.malformed("an array of objects, or an object with one in it, or one object after"
          + " another was expected.");
    }
  }

  private static JsonLayout ofObject(JsonEvents json) throws IOException {
    String empty = null;
    boolean others = false;
    while (json.next() == JsonToken.FIELD_NAME) {
      String name = json.text();
      JsonToken inArray = json.enterArray();
      if (inArray == JsonToken.START_OBJECT) {
        return inMember(name, false);
      }
      if (inArray == JsonToken.END_ARRAY && empty == null) {
        empty = name;
      } else {
        others |= !name.startsWith("@");
        json.leaveArray(inArray);
      }
    }
    return empty != null && !others && json.next() == null ? inMember(empty, false) : LINES;
  }
}
