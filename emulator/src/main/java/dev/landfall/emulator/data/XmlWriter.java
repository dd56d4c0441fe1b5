package dev.landfall.emulator.data;

/** F&amp;O's element style. */
final class XmlWriter implements RowWriter {

  private final Entity entity;

  XmlWriter(Entity entity) {
    this.entity = entity;
  }

  @Override
  public void begin(StringBuilder out) {
    out.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Document>\n");
  }

  @Override
  public void row(Object[] values, StringBuilder out) {
    out.append('<').append(entity.element()).append('>');
    for (int i = 0; i < values.length; i++) {
      String name = entity.fields().get(i).name();
      String value = values[i].toString();
      if (value.isEmpty()) {
        out.append('<').append(name).append("/>");
      } else {
        out.append('<').append(name).append('>');
        append(value, out);
        out.append("</").append(name).append('>');
      }
    }
    out.append("</").append(entity.element()).append(">\n");
  }

  private static void append(String value, StringBuilder out) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        // A parser turns a bare carriage return into a line feed.
        case '\r' -> out.append("&#xD;");
        case '\n', '\t' -> out.append(c);
        // XML 1.0 has no way to write other control characters.
        default -> out.append(c < ' ' || c > '\uFFFD' ? '\uFFFD' : c);
      }
    }
  }

  @Override
  public void end(StringBuilder out) {
    out.append("</Document>\n");
  }
}
