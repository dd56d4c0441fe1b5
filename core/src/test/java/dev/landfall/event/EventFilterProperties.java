package dev.landfall.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Filters obey the laws of booleans. */
class EventFilterProperties {

  @Property
  void negatingTwiceChangesNothing(
      @ForAll("filters") EventFilter f, @ForAll("events") BusinessEvent e) {
    assertEquals(f.matches(e), f.negate().negate().matches(e));
  }

  @Property
  void andOrAndNegateFollowDeMorgan(
      @ForAll("filters") EventFilter f,
      @ForAll("filters") EventFilter g,
      @ForAll("events") BusinessEvent e) {
    assertEquals(f.and(g).negate().matches(e), f.negate().or(g.negate()).matches(e));
    assertEquals(f.or(g).negate().matches(e), f.negate().and(g.negate()).matches(e));
  }

  @Property
  void andDistributesOverOr(
      @ForAll("filters") EventFilter f,
      @ForAll("filters") EventFilter g,
      @ForAll("filters") EventFilter h,
      @ForAll("events") BusinessEvent e) {
    assertEquals(f.and(g.or(h)).matches(e), f.and(g).or(f.and(h)).matches(e));
  }

  @Provide
  Arbitrary<EventFilter> filters() {
    return Arbitraries.of(
        EventFilters.any(),
        EventFilters.type("NAVAXDMFExportBusinessEvent"),
        EventFilters.typeStartingWith("Workflow_"),
        EventFilters.entity("customer GROUPS"),
        EventFilters.legalEntity("USMF"),
        EventFilters.projectCategory("Integration"),
        EventFilters.recordsAtLeast(10),
        EventFilters.member("OperationType", text -> text.startsWith("E")));
  }

  @Provide
  Arbitrary<BusinessEvent> events() {
    return Combinators.combine(
            maybe("BusinessEventId", "NAVAXDMFExportBusinessEvent", "Workflow_Review"),
            maybe("EntityName", "Customer groups", "Vendors"),
            maybe("BusinessEventLegalEntity", "usmf", "demf"),
            maybe("ProjectCategory", "Integration", "Project"),
            maybe("NoOfRecords", 0, 10, "many"))
        .as((type, entity, company, category, records) -> {
          Map<String, Object> members = new LinkedHashMap<>();
          members.put("EventId", "e-1");
          members.put("EventTime", "/Date(1893456300000)/");
          members.putAll(type);
          members.putAll(entity);
          members.putAll(company);
          members.putAll(category);
          members.putAll(records);
          return BusinessEvent.of(Payload.of(members));
        });
  }

  private static Arbitrary<Map<String, Object>> maybe(String name, Object... values) {
    return Arbitraries.of(values)
        .map(value -> Map.of(name, value))
        .optional()
        .map(present -> present.orElseGet(Map::of));
  }
}
