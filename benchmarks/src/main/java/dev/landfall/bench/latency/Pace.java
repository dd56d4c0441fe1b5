package dev.landfall.bench.latency;

/**
 * How many exports there are, and how fast.
 *
 * @param rounds that count
 * @param warmUp exports at the beginning of a turn that are not measured, as a service runs long
 * @param exports measured in each of the two phases
 * @param perSecond how many events are sent in a second of the second phase
 */
record Pace(int rounds, int warmUp, int exports, int perSecond) {}
