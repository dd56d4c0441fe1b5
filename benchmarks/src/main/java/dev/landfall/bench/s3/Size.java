package dev.landfall.bench.s3;

/**
 * How long the files are.
 *
 * @param rounds that count
 * @param warmUp of the one at the beginning of a turn that is not measured, in bytes
 * @param counted of the one that is
 */
record Size(int rounds, long warmUp, long counted) {}
