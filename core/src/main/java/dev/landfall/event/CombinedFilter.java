package dev.landfall.event;

/** Filters put together; the text has parentheses only where it would read otherwise without. */
sealed interface CombinedFilter extends EventFilter {

  /** What both want. */
  record Both(EventFilter first, EventFilter second) implements CombinedFilter {

    @Override
    public boolean matches(BusinessEvent event) {
      return first.matches(event) && second.matches(event);
    }

    @Override
    public String toString() {
      return text(first, first instanceof Either) + " and "
          + text(second, second instanceof Either);
    }
  }

  /** What either wants. */
  record Either(EventFilter first, EventFilter second) implements CombinedFilter {

    @Override
    public boolean matches(BusinessEvent event) {
      return first.matches(event) || second.matches(event);
    }

    @Override
    public String toString() {
      return text(first, false) + " or " + text(second, false);
    }
  }

  /** What another does not want. */
  record Negated(EventFilter other) implements CombinedFilter {

    @Override
    public boolean matches(BusinessEvent event) {
      return !other.matches(event);
    }

    @Override
    public EventFilter negate() {
      return other;
    }

    @Override
    public String toString() {
      return "not " + text(other, other instanceof CombinedFilter);
    }
  }

  private static String text(EventFilter filter, boolean enclosed) {
    boolean readable = filter instanceof CombinedFilter
        || filter instanceof WordedFilter
        || filter instanceof ConstantFilter;
    String text = readable ? filter.toString() : WordedFilter.quoted(String.valueOf(filter));
    return enclosed ? "(" + text + ")" : text;
  }
}
