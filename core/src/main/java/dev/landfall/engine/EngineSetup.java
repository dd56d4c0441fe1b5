package dev.landfall.engine;

import dev.landfall.download.HttpDownloader;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.RetryPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What an engine is made of.
 *
 * @param plans what is done with which events
 * @param ledger remembers; closed with the engine
 * @param downloader fetches files
 * @param retry when a failed landing is tried again
 * @param listeners hear of every step
 * @param clock the time
 * @param spool folder that holds files until they are stored
 * @param workers how many landings are worked on at once
 * @param lease how long a claim holds unless it is renewed, which it is at a third of this time
 * @param drain how long closing waits for landings under way
 */
public record EngineSetup(
    List<Plan> plans,
    Ledger ledger,
    HttpDownloader downloader,
    RetryPolicy retry,
    List<PipelineListener> listeners,
    Clock clock,
    Path spool,
    int workers,
    Duration lease,
    Duration drain) {}
