package dev.landfall.transport.finops;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the user of a recurring export decided.
 *
 * @param environment where it runs
 * @param activity its recurring data job
 * @param facts members of the events that F&amp;O does not tell
 * @param shortest between two questions while there is nothing, at first
 * @param longest at last
 * @param mostUnderWay how many messages may wait for their files to be stored
 * @param saysEmpty tells by F&amp;O's words that a run without a file had no records
 * @param landedBefore tells what has landed in another way; null to take everything
 * @param clock the time
 */
record RecurringSettings(
    FinopsEnvironment environment,
    UUID activity,
    Map<String, String> facts,
    Duration shortest,
    Duration longest,
    int mostUnderWay,
    Predicate<String> saysEmpty,
    @Nullable LandedBefore landedBefore,
    Clock clock) {}
