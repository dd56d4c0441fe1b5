package dev.landfall.event;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out, once for a record and those within it, who reads which component. */
final class Binding {

  private static final String WAY_OUT =
      " A component is text, a number, a boolean, a date, a GUID, an enum, a record, a Payload, a"
          + " type that is made of text, or a List, Map<String, ...> or Optional of these.";

  private final Map<Class<?>, RecordReader> begun = new HashMap<>();

  RecordReader record(Class<?> type) {
    RecordReader known = begun.get(type);
    if (known != null) {
      return known;
    }
    if (!type.isRecord()) {
      throw new IllegalArgumentException(
          "A payload is read as a record; %s is none.".formatted(type.getName()));
    }
    if (type.getTypeParameters().length > 0) {
      throw new IllegalArgumentException(
          "A payload is read as a record without type parameters, unlike %s; name the types in its"
                  .formatted(type.getName())
              + " components.");
    }
    RecordReader reader = new RecordReader(type, Maker.ofComponents(type), Maker.ofText(type));
    begun.put(type, reader);
    reader.complete(Stream.of(type.getRecordComponents()).map(this::component).toList());
    return reader;
  }

  private RecordReader.Component component(RecordComponent component) {
    Member named = component.getAnnotation(Member.class);
    return new RecordReader.Component(
        named == null ? component.getName() : named.value(),
        named != null,
        reader(component.getGenericType(), component),
        isNullable(component));
  }

  private ValueReader reader(Type type, RecordComponent component) {
    if (type instanceof Class<?> single) {
      return reader(single).orElseThrow(() -> unreadable(type, component));
    }
    if (type instanceof ParameterizedType several) {
      Type[] inner = several.getActualTypeArguments();
      if (several.getRawType() == Optional.class) {
        return new ValueReader.Wrapped(reader(inner[0], component), Optional::ofNullable);
      }
      if (several.getRawType() == List.class) {
        return new ValueReader.Listed(reader(inner[0], component));
      }
      if (several.getRawType() == Map.class && inner[0] == String.class) {
        return new ValueReader.Named(reader(inner[1], component));
      }
    }
    throw unreadable(type, component);
  }

  private Optional<ValueReader> reader(Class<?> type) {
    if (type.isRecord()) {
      return Optional.of(record(type));
    }
    if (type.isEnum()) {
      return Optional.of(Symbols.of(type));
    }
    return Leaf.of(type).or(() -> Maker.ofText(type));
  }

  private static IllegalArgumentException unreadable(Type type, RecordComponent component) {
    return new IllegalArgumentException("The component %s of %s cannot be read as %s."
            .formatted(
                component.getName(), component.getDeclaringRecord().getName(), type.getTypeName())
        + WAY_OUT);
  }

  /** Whether any of the many annotations of that name is there. */
  private static boolean isNullable(RecordComponent component) {
    return !component.getType().isPrimitive()
        && Stream.concat(
                Stream.of(component.getAnnotatedType().getAnnotations()),
                Stream.of(component.getAnnotations()))
            .anyMatch(mark -> mark.annotationType().getSimpleName().equals("Nullable"));
  }
}
