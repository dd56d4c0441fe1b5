package dev.landfall.emulator.data;

/** Puts the rows of one file into text; not for use by several threads. */
interface RowWriter {

  /** Appends what comes before all rows. */
  void begin(StringBuilder out);

  /** Appends one row, whose values stand in the order of the entity's fields. */
  void row(Object[] values, StringBuilder out);

  /** Appends what comes after all rows. */
  void end(StringBuilder out);
}
