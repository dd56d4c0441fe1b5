package dev.landfall.spi;

/**
 * The right to work on a landing until the lease runs out.
 *
 * @param landing what to work on; its attempts count this claim
 * @param token names this claim among all claims of the landing
 */
public record Claim(Landing landing, String token) {}
