package dev.landfall.sink.jdbc;

/** How far a sink may go with the table that it writes. */
public enum SchemaMode {
  /**
   * Nothing is asked and nothing changed: values go in as texts under the names of the file, and
   * the database converts them, or refuses. For views, and for users that may not read the schema.
   */
  NONE,

  /** The table must be there, with a column for each field of the file that is not left out. */
  VALIDATE,

  /**
   * The table is created if it is missing, with text columns; one that is there is as validated.
   */
  CREATE,

  /**
   * The table is created if it is missing, and columns that it lacks are added, of text; types of
   * columns that are there are never changed. H2 loses rows that are written while a column is
   * added; sinks of one process wait for each other therefore, others must not write meanwhile.
   */
  ADD_COLUMNS
}
