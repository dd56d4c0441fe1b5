package dev.landfall.event;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object as a record, component by component.
 *
 * <p>Made once per record and used by any number of threads. A record may contain itself: the depth
 * of reading is that of the payload.
 */
final class RecordReader implements ValueReader {

  private static final ClassValue<RecordReader> READERS = new ClassValue<>() {
    @Override
    protected RecordReader computeValue(Class<?> type) {
      return new Binding().record(type);
    }
  };

  private final Class<?> type;
  private final MethodHandle constructor;
  private final Optional<ValueReader> text;
  private List<Component> components = List.of();

  /**
   * Creates a reader that is still to be given its components, since they may need it.
   *
   * @param type the record
   * @param constructor takes an {@code Object[]}
   * @param text reads the record from text, if it can be made of that
   */
  RecordReader(Class<?> type, MethodHandle constructor, Optional<ValueReader> text) {
    this.type = type;
    this.constructor = constructor;
    this.text = text;
  }

  /**
   * What reads one component.
   *
   * @param name of the component, or of its member
   * @param exact whether the member has just that name
   * @param nullable whether null stands for nothing
   */
  record Component(String name, boolean exact, ValueReader reader, boolean nullable) {

    @Nullable
    Object read(Payload payload, Place place) {
      String member = find(payload, place);
      Place there = place.member(member);
      Object value = payload.value(member);
      Object read = reader.read(value, there);
      if (read != null || nullable) {
        return read;
      }
      throw payload.has(member)
          ? there.empty(reader.expected(), value)
          : there.absent(reader.expected(), payload.names());
    }

    /** The name of the member; if there is none, the name that X++ would give it. */
    private String find(Payload payload, Place place) {
      if (exact || payload.has(name)) {
        return name;
      }
      String pascal = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      if (payload.has(pascal)) {
        return pascal;
      }
      List<String> alike =
          payload.names().stream().filter(name::equalsIgnoreCase).toList();
      if (alike.size() > 1) {
        throw place.member(pascal).ambiguous(alike);
      }
      return alike.isEmpty() ? pascal : alike.get(0);
    }
  }

  static RecordReader of(Class<?> type) {
    return READERS.get(type);
  }

  void complete(List<Component> all) {
    this.components = List.copyOf(all);
  }

  Object read(Payload payload) {
    return read(payload, Place.of(type));
  }

  @Override
  public @Nullable Object read(@Nullable Object value, Place place) {
    if (value instanceof Payload payload) {
      return read(payload, place);
    }
    if (value == null || Values.isBlank(value)) {
      return null;
    }
    return text.orElseThrow(() -> place.unreadable(expected(), value)).read(value, place);
  }

  private Object read(Payload payload, Place place) {
    @Nullable Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = components.get(i).read(payload, place);
    }
    try {
      return (Object) constructor.invokeExact(values);
    } catch (Error e) {
      throw e;
    } catch (Throwable refused) {
      throw place.refusedBy(type, refused);
    }
  }

  @Override
  public String expected() {
    return text.map(ValueReader::expected).orElse("an object");
  }
}
