package dev.landfall.transport.finops;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the user of a package export decided.
 *
 * @param environment where it runs
 * @param project name of the data project
 * @param packageName what the package is called
 * @param legalEntity the company; empty for that of the token's user
 * @param mark of project and company, for execution ids
 * @param facts members of the events
 * @param interval of the schedule; null for none
 * @param lookBack how old executions of the schedule may be that are looked for after a restart
 * @param shortest between two questions for the status, at first
 * @param longest at last
 * @param grace how long an execution that was begun may be unknown
 * @param giveUp after how long an execution that does not end is given up
 * @param startAction the action that starts an export
 * @param patience how long the answer to that may take
 * @param listing the list of executions that is swept; null for none
 * @param landedBefore tells what has landed in another way; null to take everything
 * @param clock the time
 */
record PackageSettings(
    FinopsEnvironment environment,
    String project,
    String packageName,
    String legalEntity,
    String mark,
    Map<String, String> facts,
    @Nullable Duration interval,
    Duration lookBack,
    Duration shortest,
    Duration longest,
    Duration grace,
    Duration giveUp,
    String startAction,
    Duration patience,
    @Nullable ListedExecutions listing,
    @Nullable LandedBefore landedBefore,
    Clock clock) {

  Optional<Duration> every() {
    return Optional.ofNullable(interval);
  }
}
