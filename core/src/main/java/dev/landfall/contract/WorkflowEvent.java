package dev.landfall.contract;

import static dev.landfall.event.EventFilters.member;
import static dev.landfall.event.EventFilters.typeStartingWith;
import static java.util.function.Predicate.not;

import dev.landfall.event.EventFilter;
import dev.landfall.event.EventType;
import dev.landfall.event.Member;
import java.util.Optional;

/**
 * A step of a workflow.
 *
 * <p>Each workflow has ids of its own, such as
 * {@code Workflow_PurchReqReview_000007_Approve_WorkItem}; {@link #workflow}, {@link #instance},
 * {@link #element} and {@link #kind} take them apart as far as they tell. The parts are joined by
 * underscores that may be in a part as well.
 *
 * <p>Source of the ids: Microsoft's {@code business-events/business-events-workflow.md}. The
 * members are named, without their case, in "Business events and workflow approvals"; no captured
 * event shows them, so any case is read and each may be absent.
 *
 * @param type the composed id
 * @param workflowWorkItemInstanceId what to validate and complete; only of a work item
 * @param workflowWorkItemSubject what is to be done; only of a work item
 * @param workflowStepInstruction what the workflow tells who does it
 * @param workflowDocument which document it is about, in words
 * @param workflowUserEmail who has to do it
 */
public record WorkflowEvent(
    @Member("BusinessEventId") EventType type,
    Optional<String> workflowWorkItemInstanceId,
    Optional<String> workflowWorkItemSubject,
    Optional<String> workflowStepInstruction,
    Optional<String> workflowDocument,
    Optional<String> workflowUserEmail) {

  private static final String PREFIX = "Workflow_";

  /** What happened; Microsoft's five categories. */
  public enum Kind {
    /** The workflow itself began or ended. */
    WORKFLOW,
    /** An element began. */
    ELEMENT_STARTED,
    /** Something else happened to an element, such as its end. */
    ELEMENT,
    /** An automated task began. */
    EXTERNAL_TASK,
    /** A user has a task to do or an approval to give. */
    WORK_ITEM
  }

  /** {@return a filter for these events, of all workflows} */
  public static EventFilter events() {
    return typeStartingWith(PREFIX);
  }

  /**
   * {@return a filter for the events of one workflow, whatever its instance}
   *
   * @param workflow its name, such as {@code PurchReqReview}
   */
  public static EventFilter of(String workflow) {
    return typeStartingWith(PREFIX + workflow + "_");
  }

  /** {@return a filter for work items of all workflows} */
  public static EventFilter workItems() {
    return events()
        .and(member("BusinessEventId", id -> id.endsWith("_WorkItem"))
            .describedAs("type ends with _WorkItem"));
  }

  /** {@return the name of the workflow, such as {@code PurchReqReview}} */
  public Optional<String> workflow() {
    return id().map(WorkflowId::workflow);
  }

  /** {@return the number of the configured workflow, such as {@code 000007}} */
  public Optional<String> instance() {
    return id().map(WorkflowId::instance);
  }

  /** {@return the element of it, such as {@code Approve}; empty if it is about the whole} */
  public Optional<String> element() {
    return id().map(WorkflowId::element).filter(not(String::isEmpty));
  }

  /** {@return what happened} */
  public Optional<Kind> kind() {
    return id().map(WorkflowId::kind);
  }

  private Optional<WorkflowId> id() {
    return type.value().startsWith(PREFIX)
        ? WorkflowId.read(type.value().substring(PREFIX.length()))
        : Optional.empty();
  }
}
