package dev.landfall.contract;

import static dev.landfall.event.EventFilters.member;

import dev.landfall.event.EventFilter;
import java.time.Instant;
import java.util.Optional;

/**
 * A batch job has started, finished, failed or been cancelled.
 *
 * <p>The failure is raised by default, the others once they are switched on in the batch job, and
 * all of them only if the event is active for all companies, as the tasks of a job may run in
 * several.
 *
 * <p>Source: Microsoft's {@code business-events/system-business-events.md} and a downloaded schema.
 * Neither tells the {@code BusinessEventId}: these events are known by their members, and what
 * happened by the word that Microsoft's rule for names puts into the id.
 *
 * @param jobId key of the job, beyond 32 bits
 * @param jobDescription its name in the form <i>Batch jobs</i>
 * @param jobStatus its state, as a symbol or a label
 * @param jobEndUtcDateTime when it ended; empty if it runs
 * @param jobOwnerEmailId who owns it
 * @param jobExecutedByEmailId on whose behalf it ran
 * @param adminEmailId the administrator
 */
public record BatchJob(
    long jobId,
    String jobDescription,
    String jobStatus,
    Optional<Instant> jobEndUtcDateTime,
    String jobOwnerEmailId,
    String jobExecutedByEmailId,
    String adminEmailId) {

  /** {@return a filter for these events, whatever happened} */
  public static EventFilter events() {
    return member("JobId").and(member("JobExecutedByEmailId"));
  }

  /** {@return a filter for jobs that started} */
  public static EventFilter started() {
    return events("Started");
  }

  /** {@return a filter for jobs that finished} */
  public static EventFilter finished() {
    return events("Finished");
  }

  /** {@return a filter for jobs that failed} */
  public static EventFilter failed() {
    return events("Failed");
  }

  /** {@return a filter for jobs that somebody cancelled} */
  public static EventFilter cancelled() {
    return events("Cancel");
  }

  private static EventFilter events(String word) {
    return events()
        .and(member("BusinessEventId", id -> id.contains(word))
            .describedAs("type contains " + word));
  }
}
