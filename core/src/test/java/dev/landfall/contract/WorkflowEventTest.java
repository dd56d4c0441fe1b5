package dev.landfall.contract;

import static dev.landfall.contract.Samples.event;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.contract.WorkflowEvent.Kind;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventType;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowEventTest {

  private static WorkflowEvent of(String id) {
    return new WorkflowEvent(
        new EventType(id),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aWorkItemIsReadAsFarAsItsMembersAreKnown() {
    BusinessEvent event = event(Samples.WORK_ITEM);
    WorkflowEvent read = event.payload().as(WorkflowEvent.class);
    assertEquals(
        Optional.of("{00000000-0000-0000-0000-00000000000A}"), read.workflowWorkItemInstanceId());
    assertEquals(Optional.of("Approve 7"), read.workflowWorkItemSubject());
    assertEquals(Optional.of("a@example.com"), read.workflowUserEmail());
    assertEquals(Optional.empty(), read.workflowDocument());
    assertEquals(Optional.empty(), read.workflowStepInstruction());
    assertTrue(WorkflowEvent.events().matches(event));
    assertTrue(WorkflowEvent.of("PurchReqReview").matches(event));
    assertTrue(WorkflowEvent.workItems().matches(event));
    assertFalse(WorkflowEvent.of("PurchReq").matches(event));
    assertFalse(WorkflowEvent.events().matches(event(Samples.ALERT_OF_2019)));
  }

  @ParameterizedTest
  @CsvSource({
    "Workflow_BudgetPlanReview_000002, BudgetPlanReview, 000002, , WORKFLOW",
    "Workflow_PurchReqReview_000007_Approve, PurchReqReview, 000007, Approve, ELEMENT",
    "Workflow_PurchReqReview_000007_Approve_Started, PurchReqReview, 000007, Approve, ELEMENT_STARTED",
    "Workflow_PurchReqReview_000007_Approve_ExternalTask, PurchReqReview, 000007, Approve, EXTERNAL_TASK",
    "Workflow_PurchReqReview_000007_Approve_WorkItem, PurchReqReview, 000007, Approve, WORK_ITEM",
    "Workflow_My_2_Review_000007_Step_2_WorkItem, My_2_Review, 000007, Step_2, WORK_ITEM",
    "Workflow_Review_12_Approve, Review, 12, Approve, ELEMENT",
    "Workflow_Review_000007_Started, Review, 000007, Started, ELEMENT"
  })
  void aComposedIdIsTakenApart(
      String id, String workflow, String instance, String element, Kind kind) {
    WorkflowEvent event = of(id);
    assertEquals(Optional.of(workflow), event.workflow());
    assertEquals(Optional.of(instance), event.instance());
    assertEquals(Optional.ofNullable(element), event.element());
    assertEquals(Optional.of(kind), event.kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Workflow_", "Workflow_Review", "Workflow_000007", "Other_Review_000007"})
  void anIdThatCannotBeTakenApartTellsNothing(String id) {
    WorkflowEvent event = of(id);
    assertEquals(Optional.empty(), event.workflow());
    assertEquals(Optional.empty(), event.instance());
    assertEquals(Optional.empty(), event.element());
    assertEquals(Optional.empty(), event.kind());
  }
}
