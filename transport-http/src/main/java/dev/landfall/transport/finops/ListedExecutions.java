package dev.landfall.transport.finops;

import java.time.Duration;

/**
 * Where F&amp;O lists executions over OData.
 *
 * <p>Microsoft documents no such entity for all versions, so all names can be set; what is named
 * here must be a public data entity of the environment.
 *
 * @param entity public collection name, such as {@code DataManagementExecutionJobDetails}
 * @param executionMember member with the execution id
 * @param projectMember member with the name of the data project
 * @param timeMember member with the time it began; rows without it count as recent
 * @param every how often the list is swept
 */
public record ListedExecutions(
    String entity,
    String executionMember,
    String projectMember,
    String timeMember,
    Duration every) {

  private static final Duration EVERY = Duration.ofMinutes(15);

  /**
   * Checks the names.
   *
   * @param entity public collection name
   * @param executionMember member with the execution id
   * @param projectMember member with the name of the data project
   * @param timeMember member with the time it began
   * @param every how often the list is swept
   * @throws IllegalArgumentException if the entity is no name of OData, or the time is not positive
   */
  public ListedExecutions {
    if (!entity.matches("[A-Za-z_][A-Za-z0-9_]{0,127}")) {
      throw new IllegalArgumentException(
          "A collection of OData is named with letters, digits and underscores, unlike \"%s\"."
              .formatted(entity));
    }
    if (every.isZero() || every.isNegative()) {
      throw new IllegalArgumentException(
          "A list is swept again after some time, not after %s.".formatted(every));
    }
  }

  /**
   * {@return a list whose members are called {@code ExecutionId}, {@code DefinitionGroupId} and
   * {@code StartedDateTime}, swept every 15 minutes}
   *
   * @param entity public collection name
   */
  public static ListedExecutions in(String entity) {
    return new ListedExecutions(
        entity, "ExecutionId", "DefinitionGroupId", "StartedDateTime", EVERY);
  }

  /**
   * {@return this list, swept at another rate}
   *
   * @param time from one sweep to the next
   */
  public ListedExecutions sweptEvery(Duration time) {
    return new ListedExecutions(entity, executionMember, projectMember, timeMember, time);
  }
}
