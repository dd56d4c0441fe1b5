package dev.landfall.spi;

/**
 * One attempt at a landing that failed, as the ledger keeps it.
 *
 * @param number which attempt since the landing was opened, from 1; numbers that are missing belong
 *     to attempts whose process ended, or are too old to be kept
 * @param failure why it failed
 */
public record FailedAttempt(int number, Failure failure) {}
