package dev.landfall.bench.ledger;

/**
 * How large the full ledger is and how much is done in a turn.
 *
 * @param rounds that count
 * @param stored landings that the full ledger has stored already
 * @param backlog landings that wait in it, before and after each turn
 * @param warmUp events at the beginning of a turn that are not measured
 * @param events measured in a turn
 */
record Size(int rounds, int stored, int backlog, int warmUp, int events) {}
