package dev.landfall.sink.jdbc;

/**
 * How much a table of a database takes.
 *
 * @param columns how many at most
 * @param nameBytes the longest name that is not cut, in bytes of UTF-8
 */
record Limits(int columns, int nameBytes) {

  /** {@return limits of a database that cuts no name} */
  static Limits ofColumns(int most) {
    return new Limits(most, Integer.MAX_VALUE);
  }
}
