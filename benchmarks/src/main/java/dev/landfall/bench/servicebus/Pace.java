package dev.landfall.bench.servicebus;

/**
 * How much is received.
 *
 * @param rounds that count
 * @param warmUp messages at the beginning of a turn that are not measured
 * @param messages measured in a turn
 */
record Pace(int rounds, int warmUp, int messages) {}
