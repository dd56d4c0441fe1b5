package dev.landfall.event;

import static dev.landfall.event.WordedFilter.quoted;
import static dev.landfall.event.WordedFilter.word;

import java.time.Instant;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Ready-made filters, to be imported statically.
 *
 * <p>An event that lacks what a filter asks for is not wanted; so
 * {@code legalEntity("usmf").negate()} wants the events without any company as well.
 */
public final class EventFilters {

  private EventFilters() {}

  /** {@return a filter that wants every event} */
  public static EventFilter any() {
    return ConstantFilter.ANY;
  }

  /** {@return a filter that wants no event; where to begin a loop of {@code or}} */
  public static EventFilter none() {
    return ConstantFilter.NONE;
  }

  /**
   * {@return a filter for one type of event}
   *
   * @param businessEventId the exact {@code BusinessEventId}; an event without one, as in 2019,
   *     never matches
   * @throws IllegalArgumentException if it is blank
   */
  public static EventFilter type(String businessEventId) {
    EventType wanted = new EventType(businessEventId);
    return new WordedFilter(
        "type is " + word(wanted.value()),
        event -> event.type().filter(wanted::equals).isPresent());
  }

  /**
   * {@return a filter for types with a common beginning}
   *
   * <p>Ids of workflows are composed of the workflow's name, its number and a step, such as
   * {@code Workflow_PurchReqReview_000007_Approve_WorkItem}, and change with the workflow.
   *
   * @param prefix how the {@code BusinessEventId} begins, such as {@code Workflow_}
   */
  public static EventFilter typeStartingWith(String prefix) {
    return new WordedFilter(
        "type starts with " + quoted(prefix),
        event -> event.type().filter(type -> type.value().startsWith(prefix)).isPresent());
  }

  /**
   * {@return a filter for types of a pattern}
   *
   * @param pattern matched against the whole {@code BusinessEventId}
   */
  public static EventFilter typeMatching(Pattern pattern) {
    String flags = pattern.flags() == 0 ? "" : " with flags " + pattern.flags();
    return new WordedFilter(
        "type matches " + quoted(pattern.pattern()) + flags,
        event ->
            event.type().filter(type -> pattern.matcher(type.value()).matches()).isPresent());
  }

  /**
   * {@return a filter for one data entity}
   *
   * @param label the entity's label in the data project, such as {@code Customer groups}, not its
   *     AOT or OData name; cases are not told apart
   */
  public static EventFilter entity(String label) {
    return new WordedFilter(
        "entity is " + quoted(label),
        event -> event.entity().filter(label::equalsIgnoreCase).isPresent());
  }

  /**
   * {@return a filter for one company}
   *
   * @param company the company id, in any case; alerts, among others, have none
   * @throws IllegalArgumentException if it is blank
   */
  public static EventFilter legalEntity(String company) {
    LegalEntity wanted = new LegalEntity(company);
    return new WordedFilter(
        "legal entity is " + word(wanted.value()),
        event -> event.legalEntity().filter(wanted::equals).isPresent());
  }

  /**
   * {@return a filter for the operation of a data project, {@code OperationType}}
   *
   * <p>The event of an import never sets this member, so it says {@code Import} whatever happened;
   * the event of an export says {@code Export}.
   *
   * @param operationType {@code Export} or {@code Import}; cases are not told apart
   */
  public static EventFilter operation(String operationType) {
    return new WordedFilter(
        "operation is " + word(operationType), hasText("OperationType", operationType));
  }

  /**
   * {@return a filter for the category of a data project, {@code ProjectCategory}}
   *
   * <p>The event of an import never sets this member, so it says {@code Project} although it is
   * raised for the category {@code Integration} only: asked of imports, this filter drops all of
   * them or none.
   *
   * @param category such as {@code Integration}; cases are not told apart
   */
  public static EventFilter projectCategory(String category) {
    return new WordedFilter(
        "project category is " + word(category), hasText("ProjectCategory", category));
  }

  private static EventFilter hasText(String member, String text) {
    return event -> event.payload().text(member).filter(text::equalsIgnoreCase).isPresent();
  }

  /**
   * {@return a filter for exports of some size}
   *
   * @param least the smallest wanted {@code NoOfRecords}; an event without that member never
   *     matches
   */
  public static EventFilter recordsAtLeast(long least) {
    return new WordedFilter("records at least " + least, records(count -> count >= least));
  }

  /**
   * {@return a filter for exports up to some size}
   *
   * @param most the largest wanted {@code NoOfRecords}; an event without that member never matches
   */
  public static EventFilter recordsAtMost(long most) {
    return new WordedFilter("records at most " + most, records(count -> count <= most));
  }

  private static EventFilter records(LongPredicate wanted) {
    return event -> event.payload().integer("NoOfRecords").stream().anyMatch(wanted);
  }

  /**
   * {@return a filter for events that have a member, even if it is null or empty}
   *
   * @param name the member's exact name
   */
  public static EventFilter member(String name) {
    return new WordedFilter(
        "member %s is there".formatted(word(name)), event -> event.payload().has(name));
  }

  /**
   * {@return a filter for a member of exactly this text}
   *
   * @param name the member's exact name
   * @param value the member's text, see {@link Payload#text}
   */
  public static EventFilter member(String name, String value) {
    return new WordedFilter(
        "member %s is %s".formatted(word(name), quoted(value)),
        event -> event.payload().text(name).filter(value::equals).isPresent());
  }

  /**
   * {@return a filter for a member that passes a test}
   *
   * <p>What is tested cannot be read from it; {@link EventFilter#describedAs} says it in logs.
   *
   * @param name the member's exact name
   * @param test asked with the member's text, see {@link Payload#text}; not asked when there is
   *     none
   */
  public static EventFilter member(String name, Predicate<String> test) {
    return new WordedFilter(
        "member %s passes a test".formatted(word(name)),
        event -> event.payload().text(name).filter(test).isPresent());
  }

  /**
   * {@return a filter for events that happened in a span of time, see {@link BusinessEvent#time}}
   *
   * @param from the first wanted instant
   * @param until the first instant no longer wanted
   * @throws IllegalArgumentException if the span is empty
   */
  public static EventFilter between(Instant from, Instant until) {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException(
          "A span of time ends after it begins; this one is from %s until %s."
              .formatted(from, until));
    }
    return new WordedFilter(
        "time from %s until %s".formatted(from, until),
        event -> !event.time().isBefore(from) && event.time().isBefore(until));
  }

  /**
   * {@return a filter for events from some time on}
   *
   * @param from the first wanted instant
   */
  public static EventFilter since(Instant from) {
    return new WordedFilter("time since " + from, event -> !event.time().isBefore(from));
  }

  /**
   * {@return a filter for events before some time}
   *
   * @param until the first instant no longer wanted
   */
  public static EventFilter before(Instant until) {
    return new WordedFilter("time before " + until, event -> event.time().isBefore(until));
  }
}
