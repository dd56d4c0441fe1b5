package dev.landfall.json;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Headers;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Payload;
import dev.landfall.event.RawEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads business events in every form in which F&amp;O and Azure send them.
 *
 * <p>A delivery is one event or an array of up to 5,000. Each is sniffed by its members and
 * unwrapped until its own members lie bare:
 *
 * <ul>
 *   <li>the flat object that F&amp;O posts or puts on a queue: it has an {@code EventId};
 *   <li>an Event Grid event: {@code eventType} and {@code data}, which is an object or the text of
 *       one;
 *   <li>a CloudEvent 1.0, structured or batched ({@code specversion}) or binary (headers
 *       {@code ce-...}, or {@code cloudEvents:...} and {@code cloudEvents_...} on a message);
 *   <li>a Dataverse execution context ({@code MessageName} with {@code InputParameters} or
 *       {@code PrimaryEntityName}), around a business event or itself a data event.
 * </ul>
 *
 * <p>What an event lacks of id, time, company and entity it takes from around it, innermost first;
 * so it does its type if it has no id of its own either, since an envelope's type is no
 * {@code BusinessEventId}. Application properties of the names {@code EventId}, {@code EventTime},
 * {@code BusinessEventId} and {@code LegalEntity} come last. Its payload has all that as members
 * from then on. A data event has no id; unless something around it has one, its id is its
 * correlation id and a digest of its content.
 *
 * <p>One event that is none never costs another: it is refused alone, with its own bytes. Numbers
 * keep all their digits; of two members of one name the last counts. Limits: nesting
 * {@value ObjectParser#DEEPEST} levels, {@value ObjectParser#MOST_VALUES} values, texts
 * {@value ObjectParser#LONGEST_TEXT} characters, names {@value ObjectParser#LONGEST_NAME} and whole
 * ones, numbers {@value ObjectParser#LONGEST_NUMBER} and exponents of
 * {@value ObjectParser#LARGEST_EXPONENT}; the length of all is for the source to bound.
 *
 * <p>Sources: Microsoft's {@code business-events} and {@code event-grid} documentation, the
 * CloudEvents 1.0 specification with its JSON, HTTP and AMQP bindings, and captured events from
 * 2019 on. Immutable, for any number of threads.
 */
public final class EventReader {

  private final EventWriter writer = new EventWriter();

  /** Creates a reader; one serves a whole pipeline. */
  public EventReader() {}

  /**
   * Reads one event.
   *
   * @param body what arrived, without headers
   * @return the event
   * @throws MalformedEventException if it is not exactly one event; the message tells the rule,
   *     where it is broken and what was expected, and quotes nothing; the bytes go with it
   */
  public BusinessEvent read(RawEvent body) {
    return read(body.toByteArray());
  }

  /**
   * Reads one event.
   *
   * @param body what arrived, without headers; not changed and not kept
   * @return the event
   * @throws MalformedEventException if it is not exactly one event; the message tells the rule,
   *     where it is broken and what was expected, and quotes nothing; the bytes go with it
   */
  public BusinessEvent read(byte[] body) {
    try {
      byte[] text = Utf8.of(body);
      return BusinessEvent.of(Envelope.unwrap(ObjectParser.parse(text, 0, text.length)));
    } catch (MalformedEventException malformed) {
      throw new MalformedEventException(malformed.getMessage(), RawEvent.of(body));
    }
  }

  /**
   * Reads one JSON object that need not be an event, such as an answer of F&amp;O's services,
   * within the same limits.
   *
   * @param object in UTF-8; not changed and not kept
   * @return its members
   * @throws MalformedEventException if it is none
   */
  public Payload payload(byte[] object) {
    byte[] text = Utf8.of(object);
    return ObjectParser.parse(text, 0, text.length);
  }

  /**
   * Reads all events of a delivery.
   *
   * @param body what arrived
   * @param headers what came beside it; they complete a single event, not the elements of an array
   * @return at least one reading, in the order of the delivery; never fails
   */
  public List<Reading> readAll(RawEvent body, Headers headers) {
    try {
      byte[] text = Utf8.of(body.toByteArray());
      Optional<Batch> batch = Batch.of(text);
      return batch.isPresent()
          ? elements(batch.get(), text, body)
          : List.of(single(text, body, Surroundings.of(headers)));
    } catch (MalformedEventException malformed) {
      return List.of(refused(malformed.getMessage(), body));
    }
  }

  private Reading single(byte[] text, RawEvent body, Surroundings beside) {
    Payload wrapped = ObjectParser.parse(text, 0, text.length);
    Payload bare = Envelope.unwrap(wrapped);
    Payload completed = beside.isEmpty() ? bare : Envelope.unwrap(wrapped, beside);
    BusinessEvent event = BusinessEvent.of(completed);
    if (completed.equals(bare)) {
      return new Reading.Read(event, body);
    }
    // With what the headers add it may be beyond the limits, and could never be read again.
    RawEvent whole = writer.write(event);
    return new Reading.Read(read(whole), whole);
  }

  private static List<Reading> elements(Batch batch, byte[] text, RawEvent whole) {
    List<Reading> readings = new ArrayList<>();
    for (Batch.Part part : batch.parts()) {
      readings.add(element(text, part, readings.size() + 1));
    }
    if (!batch.closed()) {
      readings.add(refused(
          "A batch of events ends with ]; this one is cut off after %d elements. The bytes kept are"
                  .formatted(readings.size())
              + " those of the whole batch.",
          whole));
    }
    return readings.isEmpty()
        ? List.of(refused("A batch holds at least one event; this array is empty.", whole))
        : readings;
  }

  private static Reading element(byte[] text, Batch.Part part, int number) {
    RawEvent body = RawEvent.of(text, part.offset(), part.length());
    try {
      Payload payload = ObjectParser.parse(text, part.offset(), part.length());
      return new Reading.Read(BusinessEvent.of(Envelope.unwrap(payload)), body);
    } catch (MalformedEventException malformed) {
      return refused(
          "Element %d of a batch, from byte %d on: %s"
              .formatted(number, part.offset(), malformed.getMessage()),
          body);
    }
  }

  private static Reading refused(String message, RawEvent body) {
    return new Reading.Refused(new MalformedEventException(message, body), body);
  }
}
