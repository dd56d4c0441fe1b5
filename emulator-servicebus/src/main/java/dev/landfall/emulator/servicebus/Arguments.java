package dev.landfall.emulator.servicebus;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a request for management; one of a wrong type is a {@link ClassCastException}.
 */
final class Arguments {

  private final Map<?, ?> values;

  Arguments(Map<?, ?> values) {
    this.values = values;
  }

  private Object required(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  @Nullable
  String text(String name) {
    return (String) values.get(name);
  }

  String requiredText(String name) {
    return (String) required(name);
  }

  long number(String name) {
    return ((Number) required(name)).longValue();
  }

  @Nullable
  Binary binary(String name) {
    return (Binary) values.get(name);
  }

  Binary requiredBinary(String name) {
    return (Binary) required(name);
  }

  List<UUID> tokens(String name) {
    return Arrays.stream((Object[]) required(name)).map(UUID.class::cast).toList();
  }

  /** {@return the numbers} The codec decodes them as primitives or not, as it likes. */
  List<Long> numbers(String name) {
    Object value = required(name);
    return value instanceof long[] longs
        ? Arrays.stream(longs).boxed().toList()
        : Arrays.stream((Object[]) value).map(Long.class::cast).toList();
  }

  List<Arguments> list(String name) {
    return ((List<?>) required(name))
        .stream().map(each -> new Arguments((Map<?, ?>) each)).toList();
  }
}
