package dev.landfall.contract;

import static dev.landfall.event.EventFilters.type;

import dev.landfall.event.EventFilter;
import dev.landfall.event.LegalEntity;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A data project has imported, or tried to.
 *
 * <p>There are two such contracts: {@code NAVAXDMFImportStatusBusinessEvent} of
 * {@code munib00/MSYDN365FO-EventBasedIntegration} with a {@code FileName}, and
 * {@code DMFImportStatusBusinessEvent} of {@code ffilardi/D365FO-DMFImportSatusBusinessEvent} with
 * project and errors. Their members {@code OperationType} and {@code ProjectCategory} are no
 * components: the contract never sets them, so they say {@code Import} and {@code Project} whatever
 * the project is.
 *
 * @param entityName the entity's label in the project
 * @param legalEntity the company of the run
 * @param executionId the run, to ask the data management API about
 * @param status the label of the outcome, in the language of the user who ran it, such as
 *     {@code Partially succeeded}
 * @param startedDateTime when it began
 * @param endDateTime when it ended, if it did
 * @param noOfRecords how many records the file had
 * @param noOfCreatedRecords how many of them are new
 * @param noOfUpdatedRecords how many of them were there before
 * @param noOfErrorRecords how many of them were refused, if the contract tells
 * @param fileName the file, if the contract tells
 * @param projectName the project, if the contract tells
 * @param projectDescription its description, if the contract tells
 * @param recId key of the run's row
 */
public record ImportStatus(
    String entityName,
    Optional<LegalEntity> legalEntity,
    String executionId,
    String status,
    Optional<Instant> startedDateTime,
    Optional<Instant> endDateTime,
    long noOfRecords,
    long noOfCreatedRecords,
    long noOfUpdatedRecords,
    OptionalLong noOfErrorRecords,
    Optional<String> fileName,
    Optional<String> projectName,
    Optional<String> projectDescription,
    long recId) {

  /** How a run ends; the words of the data management API. */
  public enum Outcome {
    /** Nobody knows. */
    UNKNOWN,
    /** It waits. */
    NOT_RUN,
    /** It runs. */
    EXECUTING,
    /** All records are there. */
    SUCCEEDED,
    /** Some records are there. */
    PARTIALLY_SUCCEEDED,
    /** It failed. */
    FAILED,
    /** Somebody stopped it. */
    CANCELED
  }

  /** {@return a filter for these events, of both contracts} */
  public static EventFilter events() {
    return type("NAVAXDMFImportStatusBusinessEvent").or(type("DMFImportStatusBusinessEvent"));
  }

  /**
   * {@return the outcome that the status names, as a symbol or as its English label; empty if it is
   * a label in another language}
   */
  public Optional<Outcome> outcome() {
    return switch (status.replaceAll("[\\s_]", "").toLowerCase(Locale.ROOT)) {
      case "unknown" -> Optional.of(Outcome.UNKNOWN);
      case "notrun" -> Optional.of(Outcome.NOT_RUN);
      case "executing" -> Optional.of(Outcome.EXECUTING);
      case "succeeded" -> Optional.of(Outcome.SUCCEEDED);
      case "partiallysucceeded" -> Optional.of(Outcome.PARTIALLY_SUCCEEDED);
      case "failed" -> Optional.of(Outcome.FAILED);
      case "canceled" -> Optional.of(Outcome.CANCELED);
      default -> Optional.empty();
    };
  }
}
