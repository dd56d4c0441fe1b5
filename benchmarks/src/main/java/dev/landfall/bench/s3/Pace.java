package dev.landfall.bench.s3;

/**
 * How much is landed.
 *
 * @param rounds that count
 * @param senders who post at once
 * @param warmUp events at the beginning of a turn that are not measured
 * @param events measured in a turn
 */
record Pace(int rounds, int senders, int warmUp, int events) {}
