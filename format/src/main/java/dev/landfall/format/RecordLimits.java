package dev.landfall.format;

/**
 * How much of a file is kept in memory at most.
 *
 * @param longestField characters of one value
 * @param longestRecord characters of all values of one record
 * @param mostColumns names of a file
 * @param deepest elements or objects within each other
 */
record RecordLimits(int longestField, int longestRecord, int mostColumns, int deepest) {

  private static final int MEGA = 1 << 20;

  static final RecordLimits DEFAULTS = new RecordLimits(MEGA, 4 * MEGA, 4096, 32);

  RecordLimits withLongestField(int characters) {
    return new RecordLimits(
        checked("longest field", characters, 128 * MEGA), longestRecord, mostColumns, deepest);
  }

  RecordLimits withLongestRecord(int characters) {
    return new RecordLimits(
        longestField, checked("longest record", characters, 1024 * MEGA), mostColumns, deepest);
  }

  RecordLimits withMostColumns(int count) {
    return new RecordLimits(
        longestField, longestRecord, checked("most columns", count, MEGA), deepest);
  }

  RecordLimits withDeepest(int levels) {
    return new RecordLimits(
        longestField, longestRecord, mostColumns, checked("deepest", levels, 1_000));
  }

  private static int checked(String limit, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "The limit '%s' is 1 to %d; %d is not.".formatted(limit, most, value));
    }
    return value;
  }

  /** How many characters a parser may hold of one token, of which some may be references. */
  int longestToken() {
    return (int) Math.min(Integer.MAX_VALUE, 2L * longestRecord + 64 * 1024);
  }

  String fieldTooLong() {
    return "a field of at most %d characters was expected (limit 'longest field'). Raise the limit if you know the file."
        .formatted(longestField);
  }

  String recordTooLong() {
    return "a record of at most %d characters was expected (limit 'longest record'). Raise the limit if you know the file."
        .formatted(longestRecord);
  }

  String tooManyColumns() {
    return "at most %d different names were expected (limit 'most columns'). Raise the limit if you know the file."
        .formatted(mostColumns);
  }
}
