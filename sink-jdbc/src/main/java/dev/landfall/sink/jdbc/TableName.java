package dev.landfall.sink.jdbc;

import java.util.List;
import java.util.stream.Collectors;
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

  /** {@return how it is written in SQL} */
  String sql() {
    return schema == null ? quoted(name) : quoted(schema) + "." + quoted(name);
  }

  /** {@return an identifier as both databases quote it, which keeps any character and its case} */
  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String quoted(List<String> identifiers) {
    return identifiers.stream().map(TableName::quoted).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
