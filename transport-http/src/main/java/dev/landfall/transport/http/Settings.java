package dev.landfall.transport.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the user of a webhook with a server of its own decided.
 *
 * @param host the address it listens on
 * @param port 0 for any
 * @param path where events are posted
 * @param requestDeadline from a request's first byte to its last
 * @param tls the certificates; null for plain HTTP
 * @param health what probes ask; null for nothing
 * @param rules for each request
 */
record Settings(
    String host,
    int port,
    String path,
    Duration requestDeadline,
    @Nullable Tls tls,
    @Nullable Health health,
    Rules rules) {}
