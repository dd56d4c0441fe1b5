package dev.landfall.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import dev.landfall.file.ExportedFile;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one JSON text. */
final class JsonRecords implements RecordFormat.Records {

  private static final JsonFactory WRITER = new JsonFactory();

  private final JsonElements elements;
  private final JsonEvents json;
  private final NamedValues values;

  JsonRecords(JsonElements elements, NamedValues values) {
    this.elements = elements;
    this.json = elements.json();
    this.values = values;
  }

  /** {@return the names of all records of a file, which is read to its end} */
  static Columns columnsOf(ExportedFile file, JsonLayout layout, RecordLimits limits)
      throws IOException {
    Columns columns = new Columns();
    try (JsonElements elements = JsonElements.open(file, layout, limits)) {
      for (JsonToken next = elements.next(); next != null; next = elements.next()) {
        if (next == JsonToken.START_OBJECT) {
          addNames(elements.json(), columns, limits);
        } else {
          elements.json().skip();
        }
      }
    }
    return columns;
  }

  private static void addNames(JsonEvents json, Columns columns, RecordLimits limits)
      throws IOException {
    while (json.next() == JsonToken.FIELD_NAME) {
      String name = json.text();
      if (Columns.fault(name) == null
          && columns.add(name)
          && columns.names().size() > limits.mostColumns()) {
        throw json.malformed(limits.tooManyColumns());
      }
      json.next();
      json.skip();
    }
  }

  @Override
  public List<String> names() {
    return values.names();
  }

  @Override
  public @Nullable ExportedRecord next() throws IOException {
    for (JsonToken next = elements.next(); next != null; next = elements.next()) {
      values.begin(json.line());
      if (next == JsonToken.START_OBJECT) {
        readMembers();
      } else {
        values.fault("an object was expected, and this is another value.");
        json.skip();
      }
      ExportedRecord record = values.end();
      if (record != null) {
        return record;
      }
    }
    return null;
  }

  private void readMembers() throws IOException {
    while (json.next() == JsonToken.FIELD_NAME) {
      String name = json.text();
      JsonToken token = json.within();
      if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
        values.put(name, nested(name, token));
      } else {
        values.put(name, token == JsonToken.VALUE_NULL ? null : text(name, token));
      }
    }
  }

  private String text(String name, JsonToken token) throws IOException {
    String text = json.text();
    if (token == JsonToken.VALUE_STRING && !UnicodeText.isPaired(text)) {
      values.fault(
          "text was expected, and %s has half a character, a surrogate without its other half."
              .formatted(Columns.shortened(name)));
    }
    return text;
  }

  private String nested(String name, JsonToken first) throws IOException {
    StringWriter copy = new StringWriter();
    try (JsonGenerator generator = WRITER.createGenerator(copy)) {
      write(generator, first);
      for (int depth = 1; depth > 0; ) {
        JsonToken token = json.within();
        depth += depthOf(token);
        write(generator, token);
        values.checkField(name, copy.getBuffer().length());
      }
    }
    return copy.toString();
  }

  private static int depthOf(JsonToken token) {
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }

  private void write(JsonGenerator generator, JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT -> generator.writeStartObject();
      case END_OBJECT -> generator.writeEndObject();
      case START_ARRAY -> generator.writeStartArray();
      case END_ARRAY -> generator.writeEndArray();
      case FIELD_NAME -> generator.writeFieldName(json.text());
      case VALUE_STRING -> generator.writeString(json.text());
      default -> generator.writeRawValue(json.text());
    }
  }

  @Override
  public void close() throws IOException {
    elements.close();
  }
}
