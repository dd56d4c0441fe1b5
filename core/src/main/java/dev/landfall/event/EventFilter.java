package dev.landfall.event;

/**
 * Yes or no to an event.
 *
 * <p>Called by the intake for every delivery, from many threads at once; must be quick, must not
 * change anything and must not throw. {@link EventFilters} has ready-made ones, whose
 * {@code toString} reads as text; a lambda does as well.
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
    return new DescribedFilter(
        "(%s and %s)".formatted(this, other), event -> matches(event) && other.matches(event));
  }

  /**
   * {@return a filter that wants what either wants}
   *
   * @param other asked only if this one says no
   */
  default EventFilter or(EventFilter other) {
    return new DescribedFilter(
        "(%s or %s)".formatted(this, other), event -> matches(event) || other.matches(event));
  }

  /** {@return a filter that wants what this one does not} */
  default EventFilter negate() {
    return new DescribedFilter("not " + this, event -> !matches(event));
  }
}
