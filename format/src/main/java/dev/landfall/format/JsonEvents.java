package dev.landfall.format;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.landfall.file.ExportedFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.jspecify.annotations.Nullable;

/** The tokens of one JSON text, and what the parser refuses as one kind of exception. */
final class JsonEvents implements Closeable {

  private final JsonParser parser;
  private final RecordLimits limits;

  private JsonEvents(JsonParser parser, RecordLimits limits) {
    this.parser = parser;
    this.limits = limits;
  }

  static JsonEvents open(ExportedFile file, RecordLimits limits) throws IOException {
    InputStream bytes = file.open();
    try {
      PushbackInputStream all = new PushbackInputStream(bytes, 2);
      byte[] first = all.readNBytes(2);
      all.unread(first);
      TextReader text = new TextReader(all, UnicodeText.charsetOf(first));
      return new JsonEvents(factory(limits).createParser(text), limits);
    } catch (IOException | RuntimeException | Error unreadable) {
      try (bytes) {
        throw unreadable;
      }
    }
  }

  /** A table of names would grow with the names of a hostile file. */
  private static JsonFactory factory(RecordLimits limits) {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(limits.deepest())
            .maxStringLength(limits.longestField())
            .maxNumberLength(limits.longestField())
            .maxNameLength(limits.longestField())
            .build())
        .build();
  }

  /** {@return the next token, or null after the last} */
  @Nullable
  JsonToken next() throws IOException {
    return guarded(parser::nextToken);
  }

  /** {@return the next token of an object or array, which does not end before it does} */
  JsonToken within() throws IOException {
    JsonToken token = next();
    if (token == null) {
      throw malformed("JSON was expected. Is the file whole? Export it again.");
    }
    return token;
  }

  /** {@return the first token in an array that is the next value, or null if that is none} */
  @Nullable
  JsonToken enterArray() throws IOException {
    return next() == JsonToken.START_ARRAY ? next() : null;
  }

  /** Goes to the end of what {@link #enterArray} has read, an array or not. */
  void leaveArray(@Nullable JsonToken entered) throws IOException {
    skip();
    if (entered != null && entered != JsonToken.END_ARRAY) {
      while (within() != JsonToken.END_ARRAY) {
        skip();
      }
    }
  }

  /** Goes to the end of the object or array that begins here, if one does. */
  void skip() throws IOException {
    guarded(parser::skipChildren);
  }

  /** {@return the name or value that the token has} */
  String text() throws IOException {
    return guarded(parser::getText);
  }

  private interface Reading<T extends @Nullable Object> {
    T read() throws IOException;
  }

  private <T extends @Nullable Object> T guarded(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (TextReader.UndecodableException undecodable) {
      throw malformed(undecodable.getMessage(), undecodable);
    } catch (StreamConstraintsException beyond) {
      throw malformed(
          ("names and values of at most %d characters (limit 'longest field') and at most %d objects"
                  + " and arrays within each other (limit 'deepest') were expected.")
              .formatted(limits.longestField(), limits.deepest()),
          beyond);
    } catch (JacksonException refused) {
      throw malformed("JSON was expected. Is the file whole? Export it again.", refused);
    }
  }

  /** {@return the line on which the token begins, from 1} */
  long line() {
    return parser.currentTokenLocation().getLineNr();
  }

  MalformedFileException malformed(String expected) {
    return malformed(expected, null);
  }

  private MalformedFileException malformed(String expected, @Nullable Throwable cause) {
    return new MalformedFileException(
        Math.max(1, parser.currentLocation().getLineNr()),
        ", column %d: %s".formatted(parser.currentLocation().getColumnNr(), expected),
        cause);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
