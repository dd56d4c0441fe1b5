package dev.landfall.bench.download;

/**
 * How much is downloaded.
 *
 * @param rounds that count
 * @param atOnce how many files are fetched at the same time
 * @param warmUp fetched at the beginning of a turn and not measured, by those that are compiled
 *     while they run
 * @param counted measured in a turn
 */
record Size(int rounds, int atOnce, Batch warmUp, Batch counted) {}
