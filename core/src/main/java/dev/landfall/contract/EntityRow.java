package dev.landfall.contract;

import static java.util.function.Predicate.not;

import dev.landfall.event.LegalEntity;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Payload;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of an entity as Dataverse sends it, with its values unwrapped.
 *
 * <p>Attributes are named {@code mserp_} and the public name in lower case, such as
 * {@code mserp_customergroupid}; {@link #text}, {@link #key} and {@link #as} take the public name.
 * An enum is a number from 200000000 on. A date without a value is left out, so in an update its
 * absence may mean that it was cleared.
 *
 * @param entity the entity's logical name, such as {@code mserp_custcustomergroupentity}
 * @param id the row's id in Dataverse
 * @param attributes the values by their names in Dataverse; a choice, an amount of money and a
 *     reference are the number or the id within
 */
public record EntityRow(Optional<String> entity, Optional<UUID> id, Payload attributes) {

  private static final String PREFIX = "mserp_";

  static EntityRow of(Payload sent) {
    Payload.Builder attributes = Payload.builder();
    for (Payload pair : sent.payloads("Attributes")) {
      pair.text("key").ifPresent(key -> attributes.with(key, unwrapped(pair.value("value"))));
    }
    return new EntityRow(
        sent.text("LogicalName").filter(not(String::isBlank)), sent.guid("Id"), attributes.build());
  }

  /** What an object with a type of the Dataverse SDK stands for. */
  private static @Nullable Object unwrapped(@Nullable Object value) {
    if (!(value instanceof Payload wrapper) || !wrapper.has("__type")) {
      return value;
    }
    return wrapper.has("Value")
        ? wrapper.value("Value")
        : wrapper.has("Id") ? wrapper.value("Id") : wrapper;
  }

  /** {@return the company, if the entity has one} */
  public Optional<LegalEntity> company() {
    return text("dataareaid").filter(not(String::isBlank)).map(LegalEntity::new);
  }

  /**
   * Reads an attribute as text, see {@link Payload#text}.
   *
   * @param name as {@link #key} takes it
   * @return the text; empty if the row has none
   */
  public Optional<String> text(String name) {
    return attributes.text(key(name));
  }

  /**
   * {@return the name of an attribute in {@link #attributes}, such as
   * {@code mserp_customergroupid}; if the row has none, the name that it would have}
   *
   * @param name the public name, such as {@code CustomerGroupId}, or that in Dataverse; in any case
   */
  public String key(String name) {
    String prefixed = PREFIX + name.toLowerCase(Locale.ROOT);
    if (attributes.has(prefixed)) {
      return prefixed;
    }
    return attributes.names().stream()
        .filter(key -> key.equalsIgnoreCase(name) || key.equalsIgnoreCase(prefixed))
        .findFirst()
        .orElse(prefixed);
  }

  /**
   * Reads the row as a record whose components have the public names of the attributes, see
   * {@link Payload#as}.
   *
   * @param <R> the record
   * @param recordType its class
   * @return a new record
   * @throws MalformedEventException if a component finds no attribute that it can read
   * @throws IllegalArgumentException if the record cannot be read, whatever the row is
   */
  public <R extends Record> R as(Class<R> recordType) {
    Payload.Builder named = attributes.toBuilder();
    attributes.names().stream()
        .filter(key -> key.startsWith(PREFIX))
        .forEach(key -> named.with(key.substring(PREFIX.length()), attributes.value(key)));
    return named.build().as(recordType);
  }
}
