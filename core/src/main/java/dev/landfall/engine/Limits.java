package dev.landfall.engine;

import java.time.Duration;

/**
 * How much at once, and for how long.
 *
 * @param workers how many landings are worked on at once
 * @param downloadsPerHost how many files are fetched from one host at once
 * @param backlog how many pending landings the ledger may hold before deliveries are turned away
 * @param lease how long a claim holds unless it is renewed, which it is at a third of this time
 * @param drain how long closing waits for landings under way
 * @param retention how long what has ended well is remembered
 * @param spool how many bytes the spool may hold
 */
public record Limits(
    int workers,
    int downloadsPerHost,
    long backlog,
    Duration lease,
    Duration drain,
    Duration retention,
    long spool) {}
