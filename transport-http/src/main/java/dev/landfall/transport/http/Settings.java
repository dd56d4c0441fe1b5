package dev.landfall.transport.http;

import java.time.Duration;

/**
 * What the user of a webhook with a server of its own decided.
 *
 * @param host the address it listens on
 * @param port 0 for any
 * @param path where events are posted
 * @param requestDeadline from a request's first byte to its last
 * @param rules for each request
 */
record Settings(String host, int port, String path, Duration requestDeadline, Rules rules) {}
