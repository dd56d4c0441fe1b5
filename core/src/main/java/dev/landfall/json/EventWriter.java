package dev.landfall.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import dev.landfall.event.RawEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints events as the flat JSON object that F&amp;O sends: members in order, numbers with all
 * their digits.
 *
 * <p>What {@link EventReader} reads is printed so that reading it again gives an equal event.
 * Immutable, for any number of threads.
 */
public final class EventWriter {

  private static final JsonFactory JSON = JsonFactory.builder()
      .disable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
      .build()
      .setCharacterEscapes(new EscapedSurrogates());

  /** Creates a writer. */
  public EventWriter() {}

  /**
   * {@return the event as JSON}
   *
   * @param event printed with all members of its payload
   */
  public RawEvent write(BusinessEvent event) {
    return RawEvent.of(write(event.payload()));
  }

  /**
   * {@return the event as JSON, its links without what they keep secret; reads as an event of the
   * same id}
   *
   * @param event printed with all members of its payload
   */
  public RawEvent withoutSecrets(BusinessEvent event) {
    return RawEvent.of(write(event.payload().withoutSecrets()));
  }

  /**
   * {@return the members as a JSON object in UTF-8}
   *
   * @param payload nested up to 1,000 levels
   * @throws UncheckedIOException if it is nested deeper
   */
  public byte[] write(Payload payload) {
    return print(payload);
  }

  static byte[] print(Payload payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      object(json, payload);
    } catch (IOException tooDeep) {
      throw new UncheckedIOException(tooDeep);
    }
    return bytes.toByteArray();
  }

  private static void object(JsonGenerator json, Payload payload) throws IOException {
    json.writeStartObject();
    for (String name : payload.names()) {
      json.writeFieldName(name);
      value(json, payload.value(name));
    }
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Long whole) {
      json.writeNumber(whole);
    } else if (value instanceof BigInteger whole) {
      json.writeNumber(whole);
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean yes) {
      json.writeBoolean(yes);
    } else if (value instanceof Payload nested) {
      object(json, nested);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        value(json, element);
      }
      json.writeEndArray();
    }
  }

  /** Text may hold half a surrogate pair, which UTF-8 cannot; so all of them are escaped. */
  private static final class EscapedSurrogates extends CharacterEscapes {

    @Serial
    private static final long serialVersionUID = 1;

    private final int[] ascii = standardAsciiEscapesForJSON();

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return Character.isSurrogate((char) c) ? new SerializedString("\\u%04X".formatted(c)) : null;
    }
  }
}
