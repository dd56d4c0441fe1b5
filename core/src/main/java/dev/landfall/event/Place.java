package dev.landfall.event;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is within the payload that is read as a record, and what is said of it when it is
 * refused: names and kinds, and never the value, which may be a signed link.
 */
final class Place {

  private final Class<?> outermost;
  private final @Nullable Place around;
  private final String name;
  private final int index;

  private Place(Class<?> outermost, @Nullable Place around, String name, int index) {
    this.outermost = outermost;
    this.around = around;
    this.name = name;
    this.index = index;
  }

  /** The payload itself, read as a record. */
  static Place of(Class<?> outermost) {
    return new Place(outermost, null, "", 0);
  }

  Place member(String member) {
    return new Place(outermost, this, member, -1);
  }

  Place element(int at) {
    return new Place(outermost, this, "", at);
  }

  MalformedEventException unreadable(String expected, Object value) {
    return refused("%s; the %s there is none.".formatted(expected, kindOf(value)));
  }

  MalformedEventException absent(String expected, Collection<String> names) {
    return refused(
        "%s; there is no such member among %s. Make the component Optional if it may be absent, or"
                .formatted(expected, Names.shown(names))
            + " name its member with @Member.");
  }

  MalformedEventException empty(String expected, @Nullable Object value) {
    String nothing = value == null
        ? "null"
        : Values.isBlank(value) ? "blank" : "what F&O writes for none, 1900-01-01 or zeros";
    return refused("%s; it is %s. Use Optional if it may be.".formatted(expected, nothing));
  }

  MalformedEventException ambiguous(Collection<String> names) {
    return new MalformedEventException(
        "%s reads %s in any case; there are %s. Choose one with @Member."
            .formatted(outermost.getSimpleName(), this, Names.shown(names)));
  }

  /** Without the message and the cause, which may quote values. */
  MalformedEventException refusedBy(Class<?> type, Throwable thrown) {
    return new MalformedEventException(
        "The record %s refuses what is in %s: its constructor throws %s."
            .formatted(type.getSimpleName(), this, thrown.getClass().getName()));
  }

  private MalformedEventException refused(String why) {
    return new MalformedEventException(
        "%s reads %s as %s".formatted(outermost.getSimpleName(), this, why));
  }

  private static String kindOf(Object value) {
    if (value instanceof Payload) {
      return "object";
    }
    if (value instanceof Iterable) {
      return "list";
    }
    return value instanceof String ? "text" : value instanceof Boolean ? "boolean" : "number";
  }

  /** A path such as {@code Lines[2].Quantity}. */
  @Override
  public String toString() {
    if (around == null) {
      return "the payload";
    }
    if (index >= 0) {
      return "%s[%d]".formatted(around, index);
    }
    return around.around == null ? Names.shown(name) : around + "." + Names.shown(name);
  }
}
