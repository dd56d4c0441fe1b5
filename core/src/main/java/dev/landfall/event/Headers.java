package dev.landfall.event;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What travels beside the bytes of a delivery: HTTP headers, or a message's application properties.
 *
 * <p>Names are compared without regard to case. {@link #toString} shows what looks like names and
 * no values, because a value may be a credential.
 */
public final class Headers {

  private static final Headers NONE = new Headers(Map.of());

  private final Map<String, String> values;

  private Headers(Map<String, String> values) {
    this.values = values;
  }

  /** {@return no headers} */
  public static Headers none() {
    return NONE;
  }

  /**
   * {@return headers of these names and values}
   *
   * @param values copied; of names that differ only in case, one is kept
   */
  public static Headers of(Map<String, String> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(values);
    return new Headers(copy);
  }

  /**
   * {@return the value of a header, if it is there}
   *
   * @param name in any case
   */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** {@return all names, as they were given} */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  @Override
  public String toString() {
    return "Headers" + Names.shown(values.keySet());
  }
}
