package dev.landfall.event;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Ready-made filters, to be imported statically. */
public final class EventFilters {

  private static final EventFilter ANY = new EventFilter() {
    @Override
    public boolean matches(BusinessEvent event) {
      return true;
    }

    @Override
    public EventFilter and(EventFilter other) {
      return other;
    }

    @Override
    public String toString() {
      return "any event";
    }
  };

  private EventFilters() {}

  /** {@return a filter that wants every event} */
  public static EventFilter any() {
    return ANY;
  }

  /**
   * {@return a filter for one type of event}
   *
   * @param businessEventId the exact {@code BusinessEventId}; an event without one never matches
   */
  public static EventFilter type(String businessEventId) {
    EventType wanted = new EventType(businessEventId);
    return new DescribedFilter(
        "type is " + wanted, event -> event.type().filter(wanted::equals).isPresent());
  }

  /**
   * {@return a filter for types with a common beginning, such as {@code Workflow_}}
   *
   * @param prefix how the {@code BusinessEventId} begins
   */
  public static EventFilter typeStartingWith(String prefix) {
    return new DescribedFilter(
        "type starts with " + prefix,
        event -> event.type().filter(type -> type.value().startsWith(prefix)).isPresent());
  }

  /**
   * {@return a filter for types of a pattern}
   *
   * @param pattern matched against the whole {@code BusinessEventId}
   */
  public static EventFilter typeMatching(Pattern pattern) {
    return new DescribedFilter(
        "type matches " + pattern,
        event ->
            event.type().filter(type -> pattern.matcher(type.value()).matches()).isPresent());
  }

  /**
   * {@return a filter for one data entity}
   *
   * @param label the entity's label in the data project, such as {@code Customer groups}; cases are
   *     not told apart
   */
  public static EventFilter entity(String label) {
    return new DescribedFilter(
        "entity is " + label,
        event -> event.entity().filter(label::equalsIgnoreCase).isPresent());
  }

  /**
   * {@return a filter for one company}
   *
   * @param company the company id, in any case
   */
  public static EventFilter legalEntity(String company) {
    LegalEntity wanted = new LegalEntity(company);
    return new DescribedFilter(
        "legal entity is " + wanted,
        event -> event.legalEntity().filter(wanted::equals).isPresent());
  }

  /**
   * {@return a filter for a project category}
   *
   * <p>Import events always say {@code Project}, whatever their project is.
   *
   * @param category such as {@code Integration}
   */
  public static EventFilter projectCategory(String category) {
    return member("ProjectCategory", category);
  }

  /**
   * {@return a filter for exports of some size}
   *
   * @param least the smallest wanted {@code NoOfRecords}; an event without that member never
   *     matches
   */
  public static EventFilter recordsAtLeast(long least) {
    return new DescribedFilter(
        "records at least " + least,
        event -> event.payload().integer("NoOfRecords").stream().anyMatch(n -> n >= least));
  }

  /**
   * {@return a filter for a member of exactly this text}
   *
   * @param name the member's exact name
   * @param value the member's text, see {@link Payload#text}
   */
  public static EventFilter member(String name, String value) {
    return new DescribedFilter(
        "%s is %s".formatted(name, value),
        event -> event.payload().text(name).filter(value::equals).isPresent());
  }

  /**
   * {@return a filter for a member that passes a test}
   *
   * @param name the member's exact name
   * @param test asked with the member's text, see {@link Payload#text}; not asked when there is
   *     none
   */
  public static EventFilter member(String name, Predicate<String> test) {
    return new DescribedFilter(
        name + " passes a test",
        event -> event.payload().text(name).filter(test).isPresent());
  }
}
