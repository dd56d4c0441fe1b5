package dev.landfall.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamReadException;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Payload;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object into a payload, within limits.
 *
 * <p>Names are not interned, so that a hostile sender fills no table of the whole process; for the
 * same reason a full table of names is renewed and not taken for an error.
 */
final class ObjectParser {

  static final int DEEPEST = 100;
  static final int LONGEST_NUMBER = 1_000;
  static final int LARGEST_EXPONENT = 10_000;
  static final int LONGEST_TEXT = 1 << 20;
  static final int LONGEST_NAME = 1_000;
  static final int MOST_VALUES = 10_000;

  // The limits of this class are tighter, but for nesting beyond its own.
  private static final JsonFactory JSON = JsonFactory.builder()
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(DEEPEST + 2)
          .maxNumberLength(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .build())
      .build();

  private final JsonParser json;
  private final boolean decoded;
  private int values;

  /** Of bytes the parser itself refuses half characters; decoded text may hold any. */
  private ObjectParser(JsonParser json, boolean decoded) {
    this.json = json;
    this.decoded = decoded;
  }

  /** Reads the object that a stretch of UTF-8 is. */
  static Payload parse(byte[] text, int offset, int length) {
    try (JsonParser json = JSON.createParser(text, offset, length)) {
      return new ObjectParser(json, false).document();
    } catch (IOException unexpected) {
      throw new MalformedEventException(
          "An event is a JSON object in UTF-8; these bytes are none.");
    }
  }

  /** Reads the object that a text is. */
  static Payload parse(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      return new ObjectParser(json, true).document();
    } catch (IOException unexpected) {
      throw new MalformedEventException("An event is a JSON object; this text is none.");
    }
  }

  private Payload document() throws IOException {
    try {
      requireObject(json.nextToken());
      Payload payload = object(1);
      if (json.nextToken() != null) {
        throw new MalformedEventException(
            "An event is one JSON object; something follows its end%s.".formatted(place()));
      }
      return payload;
    } catch (StreamReadException notJson) {
      // The parser's own message quotes the text, which may hold a signed link.
      throw new MalformedEventException(
          "An event is a JSON object; this text is not JSON%s, where %s was expected."
              .formatted(place(notJson.getLocation()), expected()));
    }
  }

  private void requireObject(@Nullable JsonToken first) {
    if (first == null) {
      throw new MalformedEventException("An event is a JSON object; there is nothing here.");
    }
    if (first != JsonToken.START_OBJECT) {
      throw new MalformedEventException(
          "An event is a JSON object; this begins with %s.".formatted(nameOf(first)));
    }
  }

  private static String nameOf(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      default -> "a literal";
    };
  }

  private Payload object(int depth) throws IOException {
    requireDepth(depth);
    Payload.Builder members = Payload.builder();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      requireAtMost(LONGEST_NAME, name.length(), "A member's name", "characters");
      if (decoded) {
        requireWholeCharacters(name);
      }
      members.with(name, value(depth));
    }
    return members.build();
  }

  private List<@Nullable Object> list(int depth) throws IOException {
    requireDepth(depth);
    if (json.nextToken() == JsonToken.END_ARRAY) {
      return List.of();
    }
    List<@Nullable Object> elements = new ArrayList<>();
    do {
      elements.add(current(depth));
    } while (json.nextToken() != JsonToken.END_ARRAY);
    return elements;
  }

  /** The next value; most are text, which the parser gives in one step. */
  private @Nullable Object value(int depth) throws IOException {
    String text = json.nextTextValue();
    return text == null ? current(depth) : counted(text);
  }

  private String counted(String text) {
    count();
    requireAtMost(LONGEST_TEXT, text.length(), "A text in an event", "characters");
    return text;
  }

  private void count() {
    requireAtMost(MOST_VALUES, ++values, "An event", "values in all");
  }

  private @Nullable Object current(int depth) throws IOException {
    if (json.currentTokenId() == JsonTokenId.ID_STRING) {
      return counted(json.getText());
    }
    count();
    return switch (json.currentTokenId()) {
      case JsonTokenId.ID_NUMBER_INT -> wholeNumber();
      case JsonTokenId.ID_NUMBER_FLOAT -> number();
      case JsonTokenId.ID_TRUE -> true;
      case JsonTokenId.ID_FALSE -> false;
      case JsonTokenId.ID_START_OBJECT -> object(depth + 1);
      case JsonTokenId.ID_START_ARRAY -> list(depth + 1);
      default -> null;
    };
  }

  private Number wholeNumber() throws IOException {
    if (json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return json.getLongValue();
    }
    requireAtMost(LONGEST_NUMBER, json.getTextLength(), "A number in an event", "characters");
    return json.getBigIntegerValue();
  }

  private BigDecimal number() throws IOException {
    requireAtMost(LONGEST_NUMBER, json.getTextLength(), "A number in an event", "characters");
    try {
      BigDecimal number =
          new BigDecimal(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
      if (Math.abs((long) number.scale()) <= LARGEST_EXPONENT) {
        // It may be a few characters longer when it is printed, and is to be read again then.
        requireAtMost(
            LONGEST_NUMBER, number.toString().length(), "A number in an event", "characters");
        return number;
      }
    } catch (NumberFormatException beyondAnInt) {
      // Falls through: of what is a number in JSON, only the exponent can be too large for this.
    }
    throw new MalformedEventException(
        "A number in an event has an exponent of up to %,d either way; the one%s is beyond."
            .formatted(LARGEST_EXPONENT, place()));
  }

  /** A name with half a surrogate pair could not be printed. */
  private void requireWholeCharacters(String name) {
    int i = 0;
    while (i < name.length()) {
      int c = name.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw new MalformedEventException(
            "A member's name is made of whole characters; there is half a surrogate pair%s."
                .formatted(place()));
      }
      i += Character.charCount(c);
    }
  }

  private void requireDepth(int depth) {
    if (depth > DEEPEST) {
      throw new MalformedEventException(
          "An event is nested up to %d levels; this one goes deeper%s."
              .formatted(DEEPEST, place()));
    }
  }

  private void requireAtMost(int most, int actual, String what, String unit) {
    if (actual > most) {
      throw new MalformedEventException(
          "%s has up to %,d %s; there are more%s.".formatted(what, most, unit, place()));
    }
  }

  private String place() {
    return place(json.currentTokenLocation());
  }

  private static String place(JsonLocation where) {
    return " at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
  }

  /** What could have stood where the text stops being JSON. */
  private String expected() {
    var context = json.getParsingContext();
    if (context.inArray()) {
      return "a value, a comma or ]";
    }
    return context.inObject() ? "a member, its value, a comma or }" : "one object";
  }
}
