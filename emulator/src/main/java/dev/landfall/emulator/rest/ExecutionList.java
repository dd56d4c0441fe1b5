package dev.landfall.emulator.rest;

import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The list of executions, page by page. */
final class ExecutionList {

  private static final String SKIP = "$skiptoken";
  private static final String TOP = "$top";

  private final Executions executions;
  private final URI environment;
  private final String entity;
  private final int pageSize;

  ExecutionList(Executions executions, URI environment, String entity, int pageSize) {
    this.executions = executions;
    this.environment = environment;
    this.entity = entity;
    this.pageSize = pageSize;
  }

  String path() {
    return "/data/" + entity;
  }

  /** What {@code $filter} and others ask for is not heeded. */
  Reply page(Map<String, String> query) {
    List<Execution> all = executions.all();
    int from = number(query, SKIP).orElse(0);
    int end = Math.min(all.size(), number(query, TOP).orElse(Integer.MAX_VALUE));
    int to = (int) Math.min(end, (long) from + pageSize);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = Math.min(from, to); i < to; i++) {
      Execution execution = all.get(i);
      execution.look().ifPresent(status -> rows.add(row(execution, status)));
    }
    var members = new LinkedHashMap<String, Object>();
    members.put("@odata.context", environment + "/data/$metadata#" + entity);
    members.put("value", rows);
    if (to < end) {
      String top = Optional.ofNullable(query.get(TOP))
          .map(text -> "%24top=" + text + "&")
          .orElse("");
      members.put("@odata.nextLink", environment + path() + "?" + top + "%24skiptoken=" + to);
    }
    return Reply.odata(200, members);
  }

  private static Map<String, Object> row(Execution execution, String status) {
    var row = new LinkedHashMap<String, Object>();
    row.put("ExecutionId", execution.id());
    row.put("DefinitionGroupId", execution.project());
    row.put("ExecutionStatus", status);
    row.put("LegalEntityId", execution.company());
    row.put(
        "StartedDateTime", execution.started().truncatedTo(ChronoUnit.SECONDS).toString());
    return row;
  }

  private static OptionalInt number(Map<String, String> query, String name) {
    String text = query.getOrDefault(name, "");
    return text.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }
}
