package dev.landfall.format;

import java.util.ArrayList;
import java.util.List;

/**
 * How PostgreSQL reads {@code COPY ... (FORMAT csv)} from a client.
 *
 * <p>Source: PostgreSQL 17, {@code copyfromparse.c}: {@code CopyReadLineText} finds where a line
 * ends, {@code CopyReadAttributesCSV} takes it apart.
 */
final class CopyModel {

  private final String text;
  private final char delimiter;
  private final char quote;
  private String lineEnd = "";
  private int position;

  private CopyModel(String text, char delimiter, char quote) {
    this.text = text;
    this.delimiter = delimiter;
    this.quote = quote;
  }

  static List<List<String>> read(String text, char delimiter, char quote) {
    CopyModel copy = new CopyModel(text, delimiter, quote);
    List<List<String>> rows = new ArrayList<>();
    while (copy.position < text.length()) {
      String line = copy.line();
      if (line.equals("\\.")) {
        return rows;
      }
      rows.add(copy.fields(line));
    }
    return rows;
  }

  private String line() {
    int begin = position;
    boolean quoted = false;
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c == 0) {
        throw new AssertionError("invalid byte sequence 0x00");
      }
      quoted ^= c == quote;
      if (!quoted && (c == '\r' || c == '\n')) {
        boolean both = c == '\r' && position < text.length() && text.charAt(position) == '\n';
        position += both ? 1 : 0;
        end(both ? "\r\n" : String.valueOf(c));
        return text.substring(begin, position - lineEnd.length());
      }
    }
    return text.substring(begin);
  }

  private void end(String found) {
    if (!lineEnd.isEmpty() && !lineEnd.equals(found)) {
      throw new AssertionError("unquoted newline or carriage return in data");
    }
    lineEnd = found;
  }

  private List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == quote && i + 1 < line.length() && line.charAt(i + 1) == quote) {
        field.append(quote);
        i++;
      } else if (c == quote) {
        quoted = !quoted;
      } else if (!quoted && c == delimiter) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    if (quoted) {
      throw new AssertionError("unterminated CSV quoted field");
    }
    fields.add(field.toString());
    return fields;
  }
}
