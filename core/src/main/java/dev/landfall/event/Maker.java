package dev.landfall.event;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds how an instance of a type is made: out of components, or of text. */
final class Maker {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodType OF_COMPONENTS =
      MethodType.methodType(Object.class, Object[].class);
  private static final MethodType OF_TEXT = MethodType.methodType(Object.class, String.class);
  private static final List<String> FACTORIES = List.of("of", "parse", "valueOf", "fromString");

  private Maker() {}

  /** The canonical constructor of a record, which takes an {@code Object[]}. */
  static MethodHandle ofComponents(Class<?> type) {
    Class<?>[] types = Stream.of(type.getRecordComponents())
        .map(RecordComponent::getType)
        .toArray(Class<?>[]::new);
    return constructor(type, types).asSpreader(Object[].class, types.length).asType(OF_COMPONENTS);
  }

  /** The first public static factory that takes text, else the constructor of a lone string. */
  static Optional<ValueReader> ofText(Class<?> type) {
    return FACTORIES.stream()
        .flatMap(name -> Stream.of(String.class, CharSequence.class)
            .flatMap(text -> factory(type, name, text).stream()))
        .findFirst()
        .or(() -> loneString(type))
        .map(maker -> Leaf.of(
            "text that %s takes".formatted(type.getSimpleName()),
            value -> Values.text(value).flatMap(text -> made(maker, text))));
  }

  private static Optional<MethodHandle> factory(Class<?> type, String name, Class<?> text) {
    try {
      Method method = type.getMethod(name, text);
      if (!Modifier.isStatic(method.getModifiers())
          || !type.isAssignableFrom(method.getReturnType())) {
        return Optional.empty();
      }
      requireReach(method, type);
      return Optional.of(LOOKUP.unreflect(method).asType(OF_TEXT));
    } catch (NoSuchMethodException none) {
      return Optional.empty();
    } catch (IllegalAccessException reached) {
      throw new LinkageError("A public method within reach is accessible.", reached);
    }
  }

  private static Optional<MethodHandle> loneString(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    return components != null && components.length == 1 && components[0].getType() == String.class
        ? Optional.of(constructor(type, String.class).asType(OF_TEXT))
        : Optional.empty();
  }

  /** Nothing if the type refuses the text; its exception may quote it. */
  private static Optional<Object> made(MethodHandle maker, String text) {
    try {
      return Optional.ofNullable((Object) maker.invokeExact(text));
    } catch (Error e) {
      throw e;
    } catch (Throwable refused) {
      return Optional.empty();
    }
  }

  private static MethodHandle constructor(Class<?> type, Class<?>... parameters) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      requireReach(constructor, type);
      return LOOKUP.unreflectConstructor(constructor);
    } catch (ReflectiveOperationException canonical) {
      throw new LinkageError("A record has its canonical constructor.", canonical);
    }
  }

  private static void requireReach(AccessibleObject maker, Class<?> type) {
    if (!maker.trySetAccessible()) {
      throw new IllegalArgumentException(
          "%s is out of reach: open its package in the module-info of %s (opens %s to %s;), or make"
                  .formatted(
                      type.getName(),
                      type.getModule().getName(),
                      type.getPackageName(),
                      Maker.class.getModule().getName())
              + " it public and export the package.");
    }
  }
}
