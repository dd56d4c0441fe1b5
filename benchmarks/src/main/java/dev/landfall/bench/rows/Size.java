package dev.landfall.bench.rows;

/**
 * How much is loaded.
 *
 * @param rounds that count
 * @param warmUp rows loaded at the beginning of a turn and not measured, by those that are compiled
 *     while they run
 * @param counted rows measured in a turn
 */
record Size(int rounds, int warmUp, int counted) {

  /** As it is measured. */
  static final Size USUAL = new Size(5, 200_000, 1_000_000);
}
