package dev.landfall.sink.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * A table, with its schema if one is given.
 *
 * @param schema null for the database's default
 * @param name exactly as the database has it
 */
record TableName(@Nullable String schema, String name) {

  static TableName parse(String text) {
    String[] parts = text.split("\\.", -1);
    boolean usable = parts.length <= 2;
    for (String part : parts) {
      usable &= !part.isBlank() && part.chars().noneMatch(Character::isISOControl);
    }
    if (!usable) {
      throw new IllegalArgumentException(
          ("A table is given as 'table' or 'schema.table', no part blank or with control"
                  + " characters; '%s' is not.")
              .formatted(text));
    }
    return parts.length == 1 ? new TableName(null, text) : new TableName(parts[0], parts[1]);
  }

  /** {@return another table of the same schema} */
  TableName sibling(String other) {
    return new TableName(schema, other);
  }

  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
