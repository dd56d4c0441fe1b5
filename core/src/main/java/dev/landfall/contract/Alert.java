package dev.landfall.contract;

import static dev.landfall.event.EventFilters.type;

import dev.landfall.event.EventFilter;
import dev.landfall.event.LegalEntity;
import dev.landfall.event.Member;
import java.util.Optional;

/**
 * An alert rule of a user has caught something: a record that changed, or a date that is due.
 *
 * <p>Sent for rules that say <i>Send externally</i>. The ids of tables and fields are numbers of
 * one environment.
 *
 * <p>Source: Microsoft's {@code business-events/alerts-business-events.md} and an event captured in
 * 2019.
 *
 * @param ruleId the rule
 * @param subject the rule's subject
 * @param message the rule's message
 * @param messageDetails which record, in words
 * @param typeTrigger what it waits for, such as {@code FieldChanged}
 * @param userId whose rule it is
 * @param email where that user is mailed; may be blank
 * @param link to the record, for a person; may be blank
 * @param tableId the table of the record
 * @param parentTableId its parent
 * @param fieldId the field that changed
 * @param legalEntity {@code BusinessEventLegalEntity}; empty before 2022
 */
public record Alert(
    String ruleId,
    String subject,
    String message,
    String messageDetails,
    String typeTrigger,
    String userId,
    String email,
    String link,
    long tableId,
    long parentTableId,
    long fieldId,
    @Member("BusinessEventLegalEntity") Optional<LegalEntity> legalEntity) {

  /** {@return a filter for these events, of changes and of due dates} */
  public static EventFilter events() {
    return changes().or(dueDates());
  }

  /** {@return a filter for alerts about records that changed} */
  public static EventFilter changes() {
    return type("BusinessEventsAlertEvent");
  }

  /** {@return a filter for alerts about dates that are due} */
  public static EventFilter dueDates() {
    return type("BusinessEventsDueDateAlertEvent");
  }
}
