package dev.landfall.event;

/**
 * Yes or no to an event.
 *
 * <p>Called by the intake for every delivery, from many threads at once; must be quick, must not
 * change anything and must not throw: the sender of an event on which it does is told to try later,
 * again and again. {@link EventFilters} has ready-made ones; a lambda does as well.
 *
 * <p>The ready-made ones and all that is put together of them read as text in a log, such as
 * {@code entity is "Customer groups" and not legal entity is usmf}: {@code not} binds first, then
 * {@code and}, then {@code or}. A filter of your own stands there in quotes, with its
 * {@code toString} or what {@link #describedAs} says.
 */
@FunctionalInterface
public interface EventFilter {

  /**
   * {@return whether the event is wanted}
   *
   * @param event the event in question
   */
  boolean matches(BusinessEvent event);

  /**
   * {@return a filter that wants what both want}
   *
   * @param other asked only if this one says yes
   */
  default EventFilter and(EventFilter other) {
    return new CombinedFilter.Both(this, other);
  }

  /**
   * {@return a filter that wants what either wants}
   *
   * @param other asked only if this one says no
   */
  default EventFilter or(EventFilter other) {
    return new CombinedFilter.Either(this, other);
  }

  /** {@return a filter that wants what this one does not} */
  default EventFilter negate() {
    return new CombinedFilter.Negated(this);
  }

  /**
   * {@return this filter with a text of its own for logs, where it stands in quotes}
   *
   * @param text what the filter wants, such as {@code orders over the limit}
   */
  default EventFilter describedAs(String text) {
    return new WordedFilter(WordedFilter.quoted(text), this);
  }
}
