package dev.landfall.json;

import static dev.landfall.json.Surroundings.filled;

import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Payload;
import dev.landfall.file.Sha256;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the envelopes off an event, one after the other.
 *
 * <p>Sources: Azure Event Grid event schema; CloudEvents 1.0 with its JSON format; Dataverse's
 * {@code RemoteExecutionContext} as webhooks and queues get it. F&amp;O sends {@code data} as text
 * unless "Send object in Event Grid data field" is set.
 */
final class Envelope {

  private Envelope() {}

  /** The event's own members, with what it lacks taken from its envelopes. */
  static Payload unwrap(Payload outer) {
    return unwrap(outer, Surroundings.NONE);
  }

  /** The same, with more around the outermost envelope. */
  static Payload unwrap(Payload outer, Surroundings around) {
    if (isBare(outer)) {
      return around.isEmpty() ? outer : around.complete(outer);
    }
    if (outer.has("specversion")) {
      return unwrap(content(outer, "A CloudEvent"), cloudEvent(outer).within(around));
    }
    if (outer.has("eventType") && outer.has("data")) {
      return unwrap(content(outer, "An Event Grid event"), eventGrid(outer).within(around));
    }
    if (outer.has("MessageName")
        && (outer.has("InputParameters") || outer.has("PrimaryEntityName"))) {
      return executionContext(outer, around);
    }
    return around.complete(outer);
  }

  private static boolean isBare(Payload payload) {
    return filled(payload.text("EventId")) != null;
  }

  private static Surroundings cloudEvent(Payload event) {
    return Surroundings.cloudEvent(
        filled(event.text("id")),
        filled(event.text("source")),
        filled(event.text("time")),
        filled(event.text("type")));
  }

  private static Surroundings eventGrid(Payload event) {
    return Surroundings.enveloped(
        filled(event.text("id")), filled(event.text("eventTime")), filled(event.text("eventType")));
  }

  private static Payload content(Payload envelope, String kind) {
    if (envelope.value("data") instanceof Payload event) {
      return event;
    }
    if (envelope.value("data") instanceof String text) {
      return inside(kind + " with text as its data", () -> ObjectParser.parse(text));
    }
    if (envelope.value("data_base64") instanceof String encoded) {
      return inside(kind + " with data_base64", () -> {
        byte[] text = Utf8.of(decode(encoded));
        return ObjectParser.parse(text, 0, text.length);
      });
    }
    throw new MalformedEventException(
        kind
            + " carries a business event as its data, an object or the text of one; this one does not.");
  }

  private static byte[] decode(String encoded) {
    try {
      return Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException noBase64) {
      throw new MalformedEventException("The data is to be in Base64, and is not.");
    }
  }

  private static Payload inside(String where, Supplier<Payload> parsing) {
    try {
      return parsing.get();
    } catch (MalformedEventException malformed) {
      throw new MalformedEventException(where + ": " + malformed.getMessage());
    }
  }

  /** Around a business event, or itself a data event. */
  private static Payload executionContext(Payload context, Surroundings around) {
    return context.payloads("InputParameters").stream()
        .flatMap(parameter -> businessEvent(parameter.value("value")).stream())
        .findFirst()
        .map(around::complete)
        .orElseGet(() -> dataEvent(context, around));
  }

  private static Optional<Payload> businessEvent(@Nullable Object value) {
    if (value instanceof Payload nested) {
      return Optional.of(nested).filter(Envelope::isBare);
    }
    if (value instanceof String text && text.startsWith("{")) {
      try {
        return Optional.of(ObjectParser.parse(text)).filter(Envelope::isBare);
      } catch (MalformedEventException someOtherText) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Payload dataEvent(Payload context, Surroundings around) {
    Surroundings known = new Surroundings(
            null,
            filled(context.text("OperationCreatedOn")),
            filled(context.text("MessageName")),
            null,
            company(context),
            filled(context.text("PrimaryEntityName")))
        .within(around);
    return known.withId(() -> digestOf(context)).complete(context);
  }

  /**
   * All changes of one transaction have one correlation id, so the content has to tell them apart.
   */
  private static String digestOf(Payload context) {
    String digest = Sha256.of(EventWriter.print(context)).hex().substring(0, 32);
    return context.text("CorrelationId").orElse("") + "#" + digest;
  }

  private static @Nullable String company(Payload context) {
    return context.payloads("InputParameters").stream()
        .filter(parameter -> parameter.text("key").filter("Target"::equals).isPresent())
        .flatMap(target -> target.nested("value").stream())
        .flatMap(record -> record.payloads("Attributes").stream())
        .filter(attribute ->
            attribute.text("key").filter("mserp_dataareaid"::equals).isPresent())
        .flatMap(attribute -> attribute.text("value").stream())
        .findFirst()
        .orElse(null);
  }
}
