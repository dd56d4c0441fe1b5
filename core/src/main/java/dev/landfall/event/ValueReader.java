package dev.landfall.event;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a value of a payload as one Java type. */
interface ValueReader {

  /**
   * Reads a value.
   *
   * @param value as a payload holds it; null if it is null or absent
   * @param place where it is, for the message of a refusal
   * @return what was read, or null if nothing is there
   * @throws MalformedEventException if something is there that does not read so
   */
  @Nullable
  Object read(@Nullable Object value, Place place);

  /** What it reads, with an article, for messages. */
  String expected();

  /** Where something has to be there. */
  default Object require(@Nullable Object value, Place place) {
    Object read = read(value, place);
    if (read == null) {
      throw place.empty(expected(), value);
    }
    return read;
  }

  /**
   * Something or nothing, in one of the classes for that; blank text is nothing, as F&amp;O has no
   * null for text.
   *
   * @param inner reads it
   * @param wrapping given null for nothing
   */
  record Wrapped(ValueReader inner, Function<@Nullable Object, Object> wrapping)
      implements ValueReader {

    @Override
    public Object read(@Nullable Object value, Place place) {
      boolean nothing = value == null || Values.isBlank(value);
      return wrapping.apply(nothing ? null : inner.read(value, place));
    }

    @Override
    public String expected() {
      return inner.expected();
    }
  }

  /**
   * A list, empty if nothing is there.
   *
   * @param element reads each element
   */
  record Listed(ValueReader element) implements ValueReader {

    @Override
    public Object read(@Nullable Object value, Place place) {
      if (value == null) {
        return List.of();
      }
      if (!(value instanceof List<?> list)) {
        throw place.unreadable(expected(), value);
      }
      List<Object> read = new ArrayList<>(list.size());
      for (Object single : list) {
        read.add(element.require(single, place.element(read.size())));
      }
      return Collections.unmodifiableList(read);
    }

    @Override
    public String expected() {
      return "a list";
    }
  }

  /**
   * An object whose names are not known beforehand, empty if nothing is there.
   *
   * @param member reads each member
   */
  record Named(ValueReader member) implements ValueReader {

    @Override
    public Object read(@Nullable Object value, Place place) {
      if (value == null) {
        return Map.of();
      }
      if (!(value instanceof Payload payload)) {
        throw place.unreadable(expected(), value);
      }
      Map<String, Object> read = new LinkedHashMap<>();
      for (String name : payload.names()) {
        read.put(name, member.require(payload.value(name), place.member(name)));
      }
      return Collections.unmodifiableMap(read);
    }

    @Override
    public String expected() {
      return "an object";
    }
  }
}
