package dev.landfall.emulator.json;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON text as F&amp;O's serialiser does: no blanks, nothing but the needed escapes. */
public final class JsonText {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private JsonText() {}

  /**
   * {@return an object's text, its members in the order of the map}
   *
   * @param members texts, numbers, truth values, nulls, and lists and maps of these
   */
  public static String object(Map<String, ? extends @Nullable Object> members) {
    var out = new StringBuilder(1024);
    appendObject(members, out);
    return out.toString();
  }

  private static void appendObject(Map<?, ?> members, StringBuilder out) {
    out.append('{');
    for (Iterator<? extends Map.Entry<?, ?>> all = members.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<?, ?> member = all.next();
      appendQuoted(member.getKey().toString(), out);
      out.append(':');
      append(member.getValue(), out);
      if (all.hasNext()) {
        out.append(',');
      }
    }
    out.append('}');
  }

  private static void append(@Nullable Object value, StringBuilder out) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Map<?, ?> members) {
      appendObject(members, out);
    } else if (value instanceof List<?> list) {
      out.append('[');
      for (int i = 0; i < list.size(); i++) {
        append(list.get(i), i == 0 ? out : out.append(','));
      }
      out.append(']');
    } else {
      appendQuoted(value.toString(), out);
    }
  }

  /**
   * Appends a text in quotes.
   *
   * @param text any text
   * @param out grows by the quoted text
   */
  public static void appendQuoted(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
