package dev.landfall.emulator.data;

import dev.landfall.emulator.json.JsonText;

/** An array of flat objects, one per line. */
final class JsonWriter implements RowWriter {

  private final Entity entity;
  private String separator = "";

  JsonWriter(Entity entity) {
    this.entity = entity;
  }

  @Override
  public void begin(StringBuilder out) {
    out.append('[');
  }

  @Override
  public void row(Object[] values, StringBuilder out) {
    out.append(separator).append("\n{");
    separator = ",";
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        out.append(',');
      }
      out.append('"').append(entity.fields().get(i).name()).append("\":");
      if (values[i] instanceof Number number) {
        out.append(number);
      } else {
        JsonText.appendQuoted(values[i].toString(), out);
      }
    }
    out.append('}');
  }

  @Override
  public void end(StringBuilder out) {
    out.append("\n]\n");
  }
}
