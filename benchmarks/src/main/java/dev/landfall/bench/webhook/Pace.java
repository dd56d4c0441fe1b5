package dev.landfall.bench.webhook;

import java.time.Duration;

/**
 * How long it is measured.
 *
 * @param rounds that count
 * @param senders who post at once
 * @param warmUp at the beginning of a turn, not measured
 * @param counted measured in a turn
 * @param most events in each of the two
 */
record Pace(int rounds, int senders, Duration warmUp, Duration counted, int most) {}
