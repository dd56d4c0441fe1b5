package dev.landfall.engine;

import dev.landfall.download.Downloader;
import dev.landfall.spi.CircuitPolicy;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.RetryPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What an engine is made of.
 *
 * @param plans what is done with which events
 * @param ledger remembers; closed with the engine
 * @param downloader fetches files
 * @param retry when a failed landing is tried again
 * @param circuit when a sink that fails is left alone
 * @param listeners hear of every step
 * @param scheduler its threads; closed with the engine
 * @param clock the time
 * @param chance spreads the times of retries; for any number of threads
 * @param spool folder that holds files until they are stored
 * @param disk where that folder is
 * @param limits how much at once and for how long
 */
public record EngineSetup(
    List<Plan> plans,
    Ledger ledger,
    Downloader downloader,
    RetryPolicy retry,
    CircuitPolicy circuit,
    List<PipelineListener> listeners,
    Scheduler scheduler,
    Clock clock,
    RandomGenerator chance,
    Path spool,
    SpoolDisk disk,
    Limits limits) {}
