package dev.landfall.emulator.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Made-up rows of an entity: the same for the same seed, never held in memory.
 *
 * @param entity their shape
 * @param count how many rows
 * @param seed other seeds give other values
 * @param legalEntity the company whose rows they are
 */
public record GeneratedData(Entity entity, int count, long seed, String legalEntity) {

  private static final int CHUNK = 64 * 1024;

  /**
   * Checks the count.
   *
   * @param entity their shape
   * @param count how many rows
   * @param seed other seeds give other values
   * @param legalEntity the company whose rows they are
   * @throws IllegalArgumentException if the count is negative, or the entity has no field
   */
  public GeneratedData {
    if (count < 0) {
      throw new IllegalArgumentException("A file has 0 rows or more; %d is less.".formatted(count));
    }
    if (entity.fields().isEmpty()) {
      throw new IllegalArgumentException(
          "An entity with rows has a field; add one to %s.".formatted(entity.label()));
    }
  }

  /**
   * {@return these rows with other values}
   *
   * @param value any number
   */
  public GeneratedData seed(long value) {
    return new GeneratedData(entity, count, value, legalEntity);
  }

  /**
   * {@return the same rows of another company}
   *
   * @param company such as {@code demf}
   */
  public GeneratedData legalEntity(String company) {
    return new GeneratedData(entity, count, seed, company);
  }

  /**
   * Writes all rows.
   *
   * @param format how
   * @param out is neither buffered nor closed by this
   * @throws IOException if the stream fails
   */
  public void write(DataFormat format, OutputStream out) throws IOException {
    RowWriter writer = format.writer(entity);
    var text = new StringBuilder(2 * CHUNK);
    var row = new Row(seed, legalEntity);
    var values = new Object[entity.fields().size()];
    writer.begin(text);
    for (int number = 1; number <= count; number++) {
      for (int i = 0; i < values.length; i++) {
        row.moveTo(number, i);
        Entity.Field field = entity.fields().get(i);
        values[i] = Objects.requireNonNull(field.value().apply(row), field.name());
      }
      writer.row(values, text);
      if (text.length() >= CHUNK) {
        flush(text, out);
      }
    }
    writer.end(text);
    flush(text, out);
  }

  private static void flush(StringBuilder text, OutputStream out) throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }
}
