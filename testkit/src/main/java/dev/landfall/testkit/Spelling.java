package dev.landfall.testkit;

import dev.landfall.event.Payload;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/**
 * One of the ways to write the same JSON: blanks, escapes, the case of an exponent, and members
 * that a later one of their name replaces.
 */
final class Spelling {

  private static final String[] BLANKS = {"", " ", "\n", "\t", "\r\n  ", "  \n"};
  private static final String SHORT_ESCAPES = "\"\\/\b\f\n\r\t";
  private static final String ESCAPED = "\"\\/bfnrt";

  private final List<Integer> choices;

  private Spelling(List<Integer> choices) {
    this.choices = choices;
  }

  /** Shrinks to the plain way. */
  static Arbitrary<Spelling> any() {
    return Arbitraries.integers().between(0, 999).list().ofMaxSize(12).map(Spelling::new);
  }

  String of(@Nullable Object value) {
    Text text = new Text();
    text.value(value);
    return text.blank() + text.json + text.blank();
  }

  /** The values as an array, each as it is spelled already. */
  String array(List<String> elements) {
    return new Text().blank() + "[" + String.join(",", elements) + "]";
  }

  /** What is being written, and how many choices are made. */
  private final class Text {

    private final StringBuilder json = new StringBuilder();
    private int made;

    private int choose(int ways) {
      return choices.isEmpty() ? 0 : choices.get(made++ % choices.size()) % ways;
    }

    private String blank() {
      return BLANKS[choose(BLANKS.length)];
    }

    private void value(@Nullable Object value) {
      json.append(blank());
      if (value instanceof Payload object) {
        object(object);
      } else if (value instanceof List<?> list) {
        list(list);
      } else if (value instanceof String text) {
        quoted(text);
      } else {
        String literal = String.valueOf(value);
        json.append(choose(2) == 0 ? literal : literal.toLowerCase(Locale.ROOT));
      }
      json.append(blank());
    }

    private void object(Payload members) {
      String separator = "{";
      for (String name : members.names()) {
        if (choose(50) == 49) {
          member(separator, name, null);
          separator = ",";
        }
        member(separator, name, members.value(name));
        separator = ",";
      }
      json.append(members.names().isEmpty() ? "{" + blank() : "").append('}');
    }

    private void member(String separator, String name, @Nullable Object value) {
      json.append(separator).append(blank());
      quoted(name);
      json.append(blank()).append(':');
      value(value);
    }

    private void list(List<?> elements) {
      json.append('[');
      for (int i = 0; i < elements.size(); i++) {
        json.append(i == 0 ? "" : ",");
        value(elements.get(i));
      }
      json.append(blank()).append(']');
    }

    private void quoted(String text) {
      json.append('"');
      text.codePoints().forEach(this::character);
      json.append('"');
    }

    private void character(int c) {
      int way = choose(10);
      int shortEscape = SHORT_ESCAPES.indexOf(c);
      boolean must = c < ' ' || c == '"' || c == '\\' || (c >= 0xD800 && c <= 0xDFFF);
      if (way == 9 || (must && shortEscape < 0)) {
        for (char unit : Character.toChars(c)) {
          json.append((way % 2 == 0 ? "\\u%04X" : "\\u%04x").formatted((int) unit));
        }
      } else if (shortEscape >= 0 && (must || way > 4)) {
        json.append('\\').append(ESCAPED.charAt(shortEscape));
      } else {
        json.appendCodePoint(c);
      }
    }
  }
}
