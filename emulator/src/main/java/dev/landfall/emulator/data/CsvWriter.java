package dev.landfall.emulator.data;

/** Delimited text as RFC 4180 has it. */
final class CsvWriter implements RowWriter {

  private final Entity entity;
  private final String mark;

  CsvWriter(Entity entity, String mark) {
    this.entity = entity;
    this.mark = mark;
  }

  @Override
  public void begin(StringBuilder out) {
    out.append(mark);
    row(entity.fields().stream().map(Entity.Field::name).toArray(), out);
  }

  @Override
  public void row(Object[] values, StringBuilder out) {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      append(values[i].toString(), out);
    }
    out.append("\r\n");
  }

  private static void append(String value, StringBuilder out) {
    if (needsQuotes(value)) {
      out.append('"').append(value.replace("\"", "\"\"")).append('"');
    } else {
      out.append(value);
    }
  }

  private static boolean needsQuotes(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  @Override
  public void end(StringBuilder out) {}
}
