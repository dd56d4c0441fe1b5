package dev.landfall.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The members of one JSON object of an event, by name and in order, every unknown one kept.
 *
 * <p>The readers are lenient: each tells whether a member can be read that way, and none throws.
 * F&amp;O writes whole amounts as integers, ids beyond 32 bits, dates in two notations and 1900 for
 * "no date"; the readers know all that.
 *
 * <p>{@link #toString} shows what looks like names and no values, because those may be signed
 * links.
 */
public final class Payload {

  private static final Payload EMPTY = new Payload(Map.of());

  private final Map<String, @Nullable Object> members;

  private Payload(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /**
   * Makes a payload of members.
   *
   * @param members name to value, iterated in order; values as {@link Builder#with} takes them
   * @return the payload, which keeps a copy
   * @throws IllegalArgumentException if a value is of another class
   */
  public static Payload of(Map<String, ? extends @Nullable Object> members) {
    Builder builder = builder();
    members.forEach(builder::with);
    return builder.build();
  }

  /** {@return a builder without members} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that has all members of this payload} */
  public Builder toBuilder() {
    Builder builder = builder();
    builder.members.putAll(members);
    return builder;
  }

  /** {@return the names of all members, in order} */
  public Set<String> names() {
    return Collections.unmodifiableSet(members.keySet());
  }

  /**
   * {@return whether there is a member of this name, even if it is null}
   *
   * @param name exact name
   */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /**
   * Reads a member as text; numbers and booleans are written out as in JSON.
   *
   * @param name exact name
   * @return the text, which may be blank; empty if absent, null, a list or nested
   */
  public Optional<String> text(String name) {
    return Values.text(members.get(name));
  }

  /**
   * Reads a member as a whole number of 64 bits; text that spells one counts.
   *
   * @param name exact name
   * @return the number; empty if absent, of another kind, with a fraction or out of range
   */
  public OptionalLong integer(String name) {
    return Values.integer(members.get(name));
  }

  /**
   * Reads a member as a number; text of up to 1,000 characters that spells one counts.
   *
   * @param name exact name
   * @return the number; empty if absent or of another kind
   */
  public Optional<BigDecimal> decimal(String name) {
    return Values.decimal(members.get(name));
  }

  /**
   * Reads a member as yes or no: {@code true}, X++'s {@code Yes} in any case, or 1, and their
   * opposites.
   *
   * @param name exact name
   * @return the answer; empty if absent or of another kind
   */
  public Optional<Boolean> bool(String name) {
    return Values.bool(members.get(name));
  }

  /**
   * Reads a member as a point in time: {@code /Date(ms)/}, {@code /Date(ms+hhmm)/} (the offset is
   * for display only) or ISO 8601 with up to nine digits of a second, in UTC unless it says
   * otherwise. An X++ {@code date} is midnight UTC of its day.
   *
   * @param name exact name
   * @return the instant; empty if absent, of another form, or F&amp;O's null date 1900-01-01
   */
  public Optional<Instant> instant(String name) {
    return Values.instant(members.get(name));
  }

  /**
   * Reads a member as a GUID, with or without braces.
   *
   * @param name exact name
   * @return the GUID; empty if absent, of another form, or all zeros, which F&amp;O writes for none
   */
  public Optional<UUID> guid(String name) {
    return Values.guid(members.get(name));
  }

  /**
   * Reads a nested object.
   *
   * @param name exact name
   * @return its members; empty if absent or of another kind
   */
  public Optional<Payload> nested(String name) {
    return Values.nested(members.get(name));
  }

  /**
   * Reads a list of objects.
   *
   * @param name exact name
   * @return those elements that are objects, in order; none if absent, null or no list
   */
  public List<Payload> payloads(String name) {
    return Values.elements(members.get(name)).stream()
        .flatMap(element -> Values.nested(element).stream())
        .toList();
  }

  /**
   * Reads a list of texts, numbers and booleans, each as {@link #text} does.
   *
   * @param name exact name
   * @return those elements that have a text, in order; none if absent, null or no list
   */
  public List<String> texts(String name) {
    return Values.elements(members.get(name)).stream()
        .flatMap(element -> Values.text(element).stream())
        .toList();
  }

  /**
   * Reads the members as a record of your own.
   *
   * <pre>{@code
   * record WorkOrder(@Member("Work order GUID") UUID id, BigDecimal cost,
   *     Optional<Instant> dueDate, List<Line> lines) {}
   * record Line(String item, int quantity) {}
   *
   * WorkOrder order = event.payload().as(WorkOrder.class);
   * }</pre>
   *
   * <p>The component {@code dueDate} reads the member {@code dueDate}, else {@code DueDate}, else
   * the one that has the same letters in any case; {@link Member} names another. Members without a
   * component are left alone. A component is
   *
   * <ul>
   *   <li>a {@link String}, {@code boolean}, {@code int}, {@code long}, {@code double},
   *       {@link BigDecimal}, {@link Instant}, {@link UUID} or {@code Payload}, read as by the
   *       methods of this class, or a {@link java.time.LocalDate}, which is a date at midnight UTC;
   *   <li>an enum: the constant whose name the text spells, in any case and with or without blanks
   *       and underscores, so that {@code Partially succeeded} is {@code PARTIALLY_SUCCEEDED};
   *   <li>a record of the same kind, read from an object;
   *   <li>any type that is made of text: by a public static {@code of}, {@code parse},
   *       {@code valueOf} or {@code fromString} with one parameter, or a record with a single
   *       {@code String}, such as {@link LegalEntity};
   *   <li>a {@link List} or, from an object, a {@link Map} by name of these; none if the member is
   *       absent or null;
   *   <li>an {@link Optional} of these, {@link java.util.OptionalInt} or {@link OptionalLong}.
   * </ul>
   *
   * <p>Nothing is there if the member is absent or null, if it is blank (a {@code String} that is
   * not optional is blank then), and where F&amp;O writes 1900-01-01 or a GUID of zeros. That is an
   * empty {@code Optional}, and null where the type of the component is annotated with a
   * {@code Nullable} that is there at run time. Every other component needs a value.
   *
   * <p>A record is examined once, at its first use. In a named module its package must be open to
   * {@code dev.landfall.core}, or exported with the record public.
   *
   * @param <R> the record
   * @param recordType its class, without type parameters
   * @return a new record
   * @throws MalformedEventException if a component needs a value that is not there, if one cannot
   *     be read as its type, or if the record's constructor throws; the message tells where, such
   *     as {@code Lines[2].Quantity}, and quotes no value
   * @throws IllegalArgumentException if the record cannot be reached, or a component has a type
   *     that cannot be read, whatever the members are; the message tells what to change
   */
  public <R extends Record> R as(Class<R> recordType) {
    return recordType.cast(RecordReader.of(recordType).read(this));
  }

  /**
   * {@return a member as it is: a {@link String}, {@link Boolean}, {@link Long},
   * {@link BigInteger}, {@link BigDecimal}, {@link Payload}, an unmodifiable {@link List} of these,
   * or null, also if it is absent}
   *
   * @param name exact name
   */
  public @Nullable Object value(String name) {
    return members.get(name);
  }

  /** {@return these members, in every text of them links without what they keep secret} */
  public Payload withoutSecrets() {
    Map<String, @Nullable Object> blanked = new LinkedHashMap<>();
    members.forEach((name, value) -> blanked.put(name, withoutSecrets(value)));
    return new Payload(blanked);
  }

  private static @Nullable Object withoutSecrets(@Nullable Object value) {
    if (value instanceof String text) {
      return Redaction.of(text);
    }
    if (value instanceof Payload nested) {
      return nested.withoutSecrets();
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> blanked = new ArrayList<>();
      list.forEach(inner -> blanked.add(withoutSecrets(inner)));
      return Collections.unmodifiableList(blanked);
    }
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Payload payload && members.equals(payload.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return "Payload" + Names.shown(members.keySet());
  }

  /** Collects members; used by one thread, for one payload. */
  public static final class Builder {

    private Map<String, @Nullable Object> members = new LinkedHashMap<>(32);

    private Builder() {}

    /**
     * Adds a member; one of the same name is replaced, at its old place.
     *
     * @param name exact name
     * @param value a {@link String}, {@link Boolean}, whole number, {@link BigDecimal},
     *     {@link Payload}, a {@link Map} of the same kind, a {@link List} of these, or null
     * @return this
     * @throws IllegalArgumentException if the value is of another class
     */
    public Builder with(String name, @Nullable Object value) {
      members.put(name, Values.normalised(value));
      return this;
    }

    /** {@return the payload; the builder begins anew without members} */
    public Payload build() {
      if (members.isEmpty()) {
        return EMPTY;
      }
      Payload payload = new Payload(members);
      members = new LinkedHashMap<>(32);
      return payload;
    }
  }
}
