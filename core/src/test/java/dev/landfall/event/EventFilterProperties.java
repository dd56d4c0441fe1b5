package dev.landfall.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Filters obey the laws of booleans, and their text tells what they want. */
class EventFilterProperties {

  private static final Instant TIME = Instant.ofEpochMilli(1893456300000L);
  private static final EventFilter ANY = EventFilters.any();
  private static final EventFilter NONE = EventFilters.none();

  private static final List<EventFilter> SIMPLE = List.of(
      ANY,
      NONE,
      EventFilters.type("NAVAXDMFExportBusinessEvent"),
      EventFilters.type("and type is X) or not"),
      EventFilters.typeStartingWith("Workflow_"),
      EventFilters.typeMatching(Pattern.compile(".*review", Pattern.CASE_INSENSITIVE)),
      EventFilters.entity("customer GROUPS"),
      EventFilters.entity("Vendors\" and entity is \"X"),
      EventFilters.legalEntity("USMF"),
      EventFilters.operation("Export"),
      EventFilters.projectCategory("Integration"),
      EventFilters.recordsAtLeast(10),
      EventFilters.recordsAtMost(5),
      EventFilters.member("EntityName"),
      EventFilters.member("type", "is \"type\" or"),
      EventFilters.since(TIME),
      EventFilters.before(TIME),
      EventFilters.between(TIME, TIME.plusSeconds(60)),
      EventFilters.member("OperationType", text -> text.startsWith("E")).describedAs("type is X"),
      new OwnFilter());

  private static final class OwnFilter implements EventFilter {

    @Override
    public boolean matches(BusinessEvent event) {
      return event.payload().has("type");
    }

    @Override
    public String toString() {
      return "(my \"own\" or any event";
    }
  }

  private static void assertLaw(EventFilter one, EventFilter other, BusinessEvent e) {
    assertEquals(one.matches(e), other.matches(e), () -> one + " | " + other);
  }

  @Property(tries = 1000)
  void theOrderOfTwoDoesNotMatter(
      @ForAll("filters") EventFilter f,
      @ForAll("filters") EventFilter g,
      @ForAll("events") BusinessEvent e) {
    assertLaw(f.and(g), g.and(f), e);
    assertLaw(f.or(g), g.or(f), e);
  }

  @Property(tries = 1000)
  void howThreeAreGroupedDoesNotMatter(
      @ForAll("filters") EventFilter f,
      @ForAll("filters") EventFilter g,
      @ForAll("filters") EventFilter h,
      @ForAll("events") BusinessEvent e) {
    assertLaw(f.and(g).and(h), f.and(g.and(h)), e);
    assertLaw(f.or(g).or(h), f.or(g.or(h)), e);
  }

  @Property(tries = 1000)
  void eachDistributesOverTheOther(
      @ForAll("filters") EventFilter f,
      @ForAll("filters") EventFilter g,
      @ForAll("filters") EventFilter h,
      @ForAll("events") BusinessEvent e) {
    assertLaw(f.and(g.or(h)), f.and(g).or(f.and(h)), e);
    assertLaw(f.or(g.and(h)), f.or(g).and(f.or(h)), e);
  }

  @Property(tries = 1000)
  void andOrAndNegateFollowDeMorgan(
      @ForAll("filters") EventFilter f,
      @ForAll("filters") EventFilter g,
      @ForAll("events") BusinessEvent e) {
    assertLaw(f.and(g).negate(), f.negate().or(g.negate()), e);
    assertLaw(f.or(g).negate(), f.negate().and(g.negate()), e);
  }

  @Property(tries = 1000)
  void aFilterAndItsNegationShareTheEvents(
      @ForAll("filters") EventFilter f, @ForAll("events") BusinessEvent e) {
    assertLaw(f.negate().negate(), f, e);
    assertLaw(f.and(f.negate()), NONE, e);
    assertLaw(f.or(f.negate()), ANY, e);
    assertEquals(!f.matches(e), f.negate().matches(e));
  }

  @Property(tries = 1000)
  void anyAndNoneKeepOrAbsorb(@ForAll("filters") EventFilter f, @ForAll("events") BusinessEvent e) {
    assertLaw(f.and(ANY), f, e);
    assertLaw(ANY.and(f), f, e);
    assertLaw(f.or(NONE), f, e);
    assertLaw(NONE.or(f), f, e);
    assertLaw(f.and(NONE), NONE, e);
    assertLaw(NONE.and(f), NONE, e);
    assertLaw(f.or(ANY), ANY, e);
    assertLaw(ANY.or(f), ANY, e);
  }

  @Property(tries = 1000)
  void aDescriptionChangesNothing(
      @ForAll("filters") EventFilter f, @ForAll String text, @ForAll("events") BusinessEvent e) {
    assertLaw(f.describedAs(text), f, e);
  }

  /** Whoever knows the single filters reads the meaning of a whole one from its text alone. */
  @Property(tries = 1000)
  void theTextTellsTheMeaning(@ForAll("filters") EventFilter f, @ForAll("events") BusinessEvent e) {
    EventFilter read = new TextReader(f.and(ANY).toString()).read();
    assertEquals(f.matches(e), read.matches(e), f::toString);
  }

  @Property(tries = 1000)
  void differentValuesNeverPrintAlike(
      @ForAll("values") String name,
      @ForAll("values") String value,
      @ForAll("values") String otherName,
      @ForAll("values") String otherValue) {
    assertEquals(
        name.equals(otherName) && value.equals(otherValue),
        EventFilters.member(name, value)
            .toString()
            .equals(EventFilters.member(otherName, otherValue).toString()));
  }

  /** Reads what filters print: not before and before or. */
  private static final class TextReader {

    private static final Map<String, EventFilter> NAMED =
        SIMPLE.stream().collect(Collectors.toMap(TextReader::inATree, Function.identity()));

    private final String text;
    private int at;

    TextReader(String text) {
      this.text = text;
    }

    private static String inATree(EventFilter simple) {
      String both = new CombinedFilter.Both(simple, ANY).toString();
      return both.substring(0, both.length() - " and any event".length());
    }

    EventFilter read() {
      EventFilter all = either();
      assertEquals(text.length(), at, text);
      return all;
    }

    private EventFilter either() {
      EventFilter all = both();
      while (took(" or ")) {
        EventFilter one = all;
        EventFilter other = both();
        all = e -> one.matches(e) || other.matches(e);
      }
      return all;
    }

    private EventFilter both() {
      EventFilter all = single();
      while (took(" and ")) {
        EventFilter one = all;
        EventFilter other = single();
        all = e -> one.matches(e) && other.matches(e);
      }
      return all;
    }

    private EventFilter single() {
      if (took("not ")) {
        EventFilter other = single();
        return e -> !other.matches(e);
      }
      if (took("(")) {
        EventFilter inner = either();
        assertEquals(true, took(")"), text);
        return inner;
      }
      var here = NAMED.entrySet().stream()
          .filter(named -> text.startsWith(named.getKey(), at))
          .toList();
      assertEquals(1, here.size(), () -> text.substring(at) + " begins with " + here);
      at += here.get(0).getKey().length();
      return here.get(0).getValue();
    }

    private boolean took(String word) {
      boolean there = text.startsWith(word, at);
      at += there ? word.length() : 0;
      return there;
    }
  }

  @Provide
  Arbitrary<EventFilter> filters() {
    return Arbitraries.recursive(
        () -> Arbitraries.of(SIMPLE),
        filters -> Arbitraries.oneOf(
            filters.map(EventFilter::negate),
            Combinators.combine(filters, filters).as(EventFilter::and),
            Combinators.combine(filters, filters).as(EventFilter::or)),
        0,
        4);
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.of("a", " ", "\"", "\\", "\n", "\\u000a", "u000a", " is ")
        .list()
        .ofMaxSize(3)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<BusinessEvent> events() {
    return Combinators.combine(
            maybe(
                "BusinessEventId",
                "NAVAXDMFExportBusinessEvent",
                "Workflow_Review",
                "and type is X) or not"),
            maybe("EntityName", "Customer groups", "Vendors\" and entity is \"X", "X"),
            maybe("BusinessEventLegalEntity", "usmf", "demf"),
            maybe("ProjectCategory", "Integration", "Project"),
            maybe("OperationType", "Export", "Import"),
            maybe("NoOfRecords", 0, 10, "many"),
            maybe("type", "is \"type\" or", "X"),
            Arbitraries.of(-1, 0, 59, 60).map(seconds -> time(TIME.plusSeconds(seconds))))
        .as((type, entity, company, category, operation, records, odd, time) -> {
          Map<String, Object> members = new LinkedHashMap<>(time);
          members.put("EventId", "e-1");
          List.of(type, entity, company, category, operation, records, odd)
              .forEach(members::putAll);
          return BusinessEvent.of(Payload.of(members));
        });
  }

  private static Map<String, Object> time(Instant time) {
    return Map.of("EventTimeIso8601", time.toString());
  }

  private static Arbitrary<Map<String, Object>> maybe(String name, Object... values) {
    return Arbitraries.of(Arrays.asList(values))
        .map(value -> Map.of(name, value))
        .optional()
        .map(present -> present.orElseGet(Map::of));
  }
}
