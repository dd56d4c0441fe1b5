package dev.landfall.contract;

import dev.landfall.contract.WorkflowEvent.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The composed id of a workflow's event, less its beginning.
 *
 * @param element empty if it is about the whole workflow
 */
record WorkflowId(String workflow, String instance, String element, Kind kind) {

  /** As in all samples; names of workflows may have shorter numbers in them. */
  private static final int DIGITS = 6;

  private static final Map<String, Kind> ENDINGS = Map.of(
      "Started", Kind.ELEMENT_STARTED,
      "ExternalTask", Kind.EXTERNAL_TASK,
      "WorkItem", Kind.WORK_ITEM);

  /** Nothing without a number, which alone separates the names of workflow and element. */
  static Optional<WorkflowId> read(String composed) {
    List<String> parts = List.of(composed.split("_", -1));
    int instance = find(parts, part -> part.length() >= DIGITS && isNumber(part));
    if (instance < 0) {
      instance = find(parts, WorkflowId::isNumber);
    }
    if (instance < 0) {
      return Optional.empty();
    }
    List<String> after = parts.subList(instance + 1, parts.size());
    String workflow = String.join("_", parts.subList(0, instance));
    if (after.isEmpty()) {
      return Optional.of(new WorkflowId(workflow, parts.get(instance), "", Kind.WORKFLOW));
    }
    int last = after.size() - 1;
    Kind kind = last == 0 ? Kind.ELEMENT : ENDINGS.getOrDefault(after.get(last), Kind.ELEMENT);
    String element = String.join("_", kind == Kind.ELEMENT ? after : after.subList(0, last));
    return Optional.of(new WorkflowId(workflow, parts.get(instance), element, kind));
  }

  private static int find(List<String> parts, Predicate<String> wanted) {
    for (int i = 1; i < parts.size(); i++) {
      if (wanted.test(parts.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
