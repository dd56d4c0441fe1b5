package dev.landfall.contract;

import static dev.landfall.event.EventFilters.type;

import dev.landfall.event.EventFilter;
import dev.landfall.event.LegalEntity;
import dev.landfall.event.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of an entity was created, updated or deleted.
 *
 * <p>Dataverse sends it, as a {@code RemoteExecutionContext}, and drops the row from a message over
 * 256 KB, see {@link #cut}. Changes of virtual fields raise no event.
 *
 * <pre>{@code
 * record CustomerGroup(String customerGroupId, Optional<String> description) {}
 *
 * DataEvent change = event.payload().as(DataEvent.class);
 * Optional<CustomerGroup> now = change.row().map(row -> row.as(CustomerGroup.class));
 * }</pre>
 *
 * <p>Source: Microsoft's {@code business-events/data-events.md} and {@code use-webhooks.md}, and an
 * event captured from version 10.0.48.
 *
 * @param messageName {@code OnExternalCreated}, {@code OnExternalUpdated} or
 *     {@code OnExternalDeleted}
 * @param primaryEntityName the entity's logical name, {@code mserp_} and lower case
 * @param primaryEntityId mostly empty, as F&amp;O writes zeros; {@link #id} has the row's
 * @param operationCreatedOn when it happened
 * @param correlationId the same in all that Dataverse does because of one change
 * @param initiatingUserAzureActiveDirectoryObjectId who changed it, as an object id of Entra
 * @param inputParameters {@code Target} and others, as objects of {@code key} and {@code value};
 *     empty if Dataverse dropped them
 * @param preEntityImages rows as they were before, in the same form; mostly none
 */
public record DataEvent(
    String messageName,
    Optional<String> primaryEntityName,
    Optional<UUID> primaryEntityId,
    Optional<Instant> operationCreatedOn,
    Optional<UUID> correlationId,
    Optional<UUID> initiatingUserAzureActiveDirectoryObjectId,
    Optional<List<Payload>> inputParameters,
    List<Payload> preEntityImages) {

  private static final String CREATED = "OnExternalCreated";
  private static final String UPDATED = "OnExternalUpdated";
  private static final String DELETED = "OnExternalDeleted";

  /** What happened to a row. */
  public enum Change {
    /** It is new. */
    CREATED,
    /** It has other values. */
    UPDATED,
    /** It is gone. */
    DELETED
  }

  /** {@return a filter for these events, whatever happened} */
  public static EventFilter events() {
    return created().or(updated()).or(deleted());
  }

  /** {@return a filter for new rows} */
  public static EventFilter created() {
    return type(CREATED);
  }

  /** {@return a filter for rows with other values} */
  public static EventFilter updated() {
    return type(UPDATED);
  }

  /** {@return a filter for rows that are gone} */
  public static EventFilter deleted() {
    return type(DELETED);
  }

  /** {@return what happened, if it is one of the three} */
  public Optional<Change> change() {
    return switch (messageName) {
      case CREATED -> Optional.of(Change.CREATED);
      case UPDATED -> Optional.of(Change.UPDATED);
      case DELETED -> Optional.of(Change.DELETED);
      default -> Optional.empty();
    };
  }

  /**
   * {@return whether Dataverse dropped the row because the message was over 256 KB; the row is to
   * be read from F&amp;O then}
   */
  public boolean cut() {
    return inputParameters.isEmpty();
  }

  /**
   * {@return the row as it is now, without attributes if it is gone; empty if it was {@link #cut}}
   */
  public Optional<EntityRow> row() {
    return parameter("Target");
  }

  /** {@return the row as it was before, if it was sent; expected of updates} */
  public Optional<EntityRow> before() {
    return parameter("PreImage")
        .or(() -> preEntityImages.stream()
            .flatMap(image -> image.nested("value").stream())
            .findFirst()
            .map(EntityRow::of));
  }

  private Optional<EntityRow> parameter(String key) {
    return inputParameters.stream()
        .flatMap(List::stream)
        .filter(parameter -> parameter.text("key").filter(key::equals).isPresent())
        .flatMap(parameter -> parameter.nested("value").stream())
        .findFirst()
        .map(EntityRow::of);
  }

  /** {@return the row's id in Dataverse} */
  public Optional<UUID> id() {
    return row().flatMap(EntityRow::id).or(() -> primaryEntityId);
  }

  /** {@return the entity's logical name, such as {@code mserp_custcustomergroupentity}} */
  public Optional<String> entity() {
    return row().flatMap(EntityRow::entity).or(() -> primaryEntityName);
  }

  /** {@return the company of the row; some entities have none} */
  public Optional<LegalEntity> company() {
    return row().flatMap(EntityRow::company).or(() -> before().flatMap(EntityRow::company));
  }
}
