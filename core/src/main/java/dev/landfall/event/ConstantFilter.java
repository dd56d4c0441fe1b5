package dev.landfall.event;

/** All or nothing. */
enum ConstantFilter implements EventFilter {
  ANY("any event") {
    @Override
    public EventFilter and(EventFilter other) {
      return other;
    }

    @Override
    public EventFilter or(EventFilter other) {
      return this;
    }
  },
  NONE("no event") {
    @Override
    public EventFilter and(EventFilter other) {
      return this;
    }

    @Override
    public EventFilter or(EventFilter other) {
      return other;
    }
  };

  private final String text;

  ConstantFilter(String text) {
    this.text = text;
  }

  @Override
  public boolean matches(BusinessEvent event) {
    return this == ANY;
  }

  @Override
  public EventFilter negate() {
    return this == ANY ? NONE : ANY;
  }

  @Override
  public String toString() {
    return text;
  }
}
