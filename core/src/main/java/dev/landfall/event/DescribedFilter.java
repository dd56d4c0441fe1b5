package dev.landfall.event;

/** A filter that can be read in a log. */
record DescribedFilter(String text, EventFilter filter) implements EventFilter {

  @Override
  public boolean matches(BusinessEvent event) {
    return filter.matches(event);
  }

  @Override
  public String toString() {
    return text;
  }
}
