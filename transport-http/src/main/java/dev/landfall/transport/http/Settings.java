package dev.landfall.transport.http;

import java.time.Clock;
import java.time.Duration;

/** What the user of a webhook decided. */
record Settings(
    String host,
    int port,
    String path,
    SharedSecrets secrets,
    int bodyLimit,
    Duration answerWithin,
    Duration requestDeadline,
    int maxConcurrentRequests,
    Clock clock) {}
