package dev.landfall.emulator.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the simple members of a JSON object. */
public final class JsonFields {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonFields() {}

  /**
   * {@return the members that are texts, numbers or truth values, each as text, or nothing if this
   * is no JSON object}
   *
   * @param json an object and nothing behind it
   */
  public static Optional<Map<String, String>> read(byte[] json) {
    var members = new LinkedHashMap<String, String>();
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_NULL || value.isStructStart()) {
          parser.skipChildren();
        } else {
          members.put(name, parser.getText());
        }
      }
      return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }
}
