package dev.landfall.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Payload;
import dev.landfall.event.RawEvent;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the flat JSON object that F&amp;O sends.
 *
 * <p>Immutable, for any number of threads. Numbers keep all their digits. Of two members of one
 * name the last counts. Nesting ends at {@value #DEEPEST} levels, a number at
 * {@value #LONGEST_NUMBER} characters; the length of all is bounded by the source that took the
 * delivery.
 */
public final class EventReader {

  private static final int DEEPEST = 100;
  private static final int LONGEST_NUMBER = 1000;

  private final ObjectReader members;

  /** Creates a reader; one serves a whole pipeline. */
  public EventReader() {
    JsonFactory json = JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxNumberLength(LONGEST_NUMBER)
            .maxStringLength(Integer.MAX_VALUE)
            .build())
        .build();
    this.members = JsonMapper.builder(json)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build()
        .readerForMapOf(Object.class);
  }

  /**
   * Reads one event.
   *
   * @param raw what arrived
   * @return the event
   * @throws MalformedEventException if it is not JSON, not one object, or lacks what every event
   *     has; the message tells where and quotes nothing
   */
  public BusinessEvent read(RawEvent raw) {
    try (JsonParser parser = members.getFactory().createParser(raw.toByteArray())) {
      requireObject(parser.nextToken());
      Map<String, Object> values = members.readValue(parser);
      if (parser.nextToken() != null) {
        throw new MalformedEventException(
            "An event is one JSON object; something follows its end" + place(parser) + ".");
      }
      return BusinessEvent.of(Payload.of(values));
    } catch (StreamConstraintsException beyondLimit) {
      throw new MalformedEventException(
          "An event stays within limits. " + beyondLimit.getOriginalMessage());
    } catch (JsonProcessingException notJson) {
      // The parser's own message quotes the text, which may hold a signed link.
      var where = notJson.getLocation();
      throw new MalformedEventException(
          "An event is a JSON object; this text is not JSON at line %d, column %d."
              .formatted(where.getLineNr(), where.getColumnNr()));
    } catch (IOException notText) {
      throw new MalformedEventException(
          "An event is a JSON object in UTF-8; these bytes are no text of any Unicode encoding.");
    }
  }

  private static void requireObject(@Nullable JsonToken first) {
    if (first == null) {
      throw new MalformedEventException("An event is a JSON object; this delivery is empty.");
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

  private static String place(JsonParser parser) {
    var where = parser.currentTokenLocation();
    return " at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
  }
}
