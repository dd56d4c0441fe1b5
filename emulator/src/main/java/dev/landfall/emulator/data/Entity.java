package dev.landfall.emulator.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The shape of a data entity: what it is called, which fields it has, and how their values are made
 * up.
 *
 * <pre>{@code
 * Entity warehouses =
 *     Entity.named("Warehouses", "INVENTWAREHOUSEENTITY")
 *         .field("WAREHOUSEID", row -> row.id("W", 4))
 *         .field("WAREHOUSENAME", Row::name)
 *         .field("MAXIMUMVOLUME", row -> row.between(100, 5_000));
 * }</pre>
 *
 * <p>Entities are immutable; {@link Entities} has ready ones.
 */
public final class Entity {

  // F&O upper-cases the names of its objects; some public fields keep their case. All are XML
  // names.
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  private final String label;
  private final String element;
  private final List<Field> fields;

  private Entity(String label, String element, List<Field> fields) {
    this.label = label;
    this.element = element;
    this.fields = fields;
  }

  record Field(String name, Function<Row, ?> value) {}

  /**
   * {@return an entity without fields}
   *
   * @param label what events call it, such as {@code Customer groups}
   * @param element what XML files call a row of it, such as {@code CUSTCUSTOMERGROUPENTITY}
   * @throws IllegalArgumentException if the label is blank, or the element has anything but
   *     letters, digits and underscores
   */
  public static Entity named(String label, String element) {
    if (label.isBlank()) {
      throw new IllegalArgumentException(
          "An entity has a label, such as Customer groups; this one is blank.");
    }
    return new Entity(label, checked(element), List.of());
  }

  /**
   * {@return this entity with one more field behind the others}
   *
   * @param name such as {@code CUSTOMERGROUPID}
   * @param value makes up a row's value; a {@link Number} is a number in JSON, everything else is
   *     the text of {@code toString}, and an empty text is an empty field. The same row must give
   *     the same value again
   * @throws IllegalArgumentException if the name is taken, or has anything but letters, digits and
   *     underscores
   */
  public Entity field(String name, Function<Row, ?> value) {
    if (fields.stream().anyMatch(field -> field.name().equals(name))) {
      throw new IllegalArgumentException(
          "An entity names each field once; %s is there already.".formatted(name));
    }
    var more = new ArrayList<>(fields);
    more.add(new Field(checked(name), value));
    return new Entity(label, element, List.copyOf(more));
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The name of an element or field has 1 to 128 letters, digits and underscores and begins"
              + " with no digit; this one is \"%s\".".formatted(name));
    }
    return name;
  }

  /**
   * {@return that many rows of this entity, made up from seed 1 for company {@code usmf}}
   *
   * @param count how many, from 0 to {@link Integer#MAX_VALUE}
   * @throws IllegalArgumentException if it is negative
   */
  public GeneratedData rows(int count) {
    return new GeneratedData(this, count, 1, "usmf");
  }

  /** {@return what events call it} */
  public String label() {
    return label;
  }

  /** {@return what XML files call a row of it} */
  public String element() {
    return element;
  }

  /** {@return the names of its fields, in order} */
  public List<String> fieldNames() {
    return fields.stream().map(Field::name).toList();
  }

  List<Field> fields() {
    return fields;
  }

  @Override
  public String toString() {
    return label + " (" + fields.size() + " fields)";
  }
}
