package dev.landfall.bench.rows;

/** What becomes of rows that are there. */
enum Mode {
  /** There are none. */
  APPEND,
  /** Half of the keys are there, with other values; each row replaces the one of its key. */
  UPSERT
}
