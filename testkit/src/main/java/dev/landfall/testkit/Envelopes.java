package dev.landfall.testkit;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import dev.landfall.json.EventReader;
import dev.landfall.json.EventWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** What F&amp;O and Azure put around an event, as JSON of one event. */
final class Envelopes {

  private static final EventReader READER = new EventReader();
  private static final EventWriter WRITER = new EventWriter();

  private Envelopes() {}

  /**
   * One event on its way.
   *
   * @param form how it is wrapped
   * @param json the outermost object
   * @param spelling in which that is to be written, and inner texts are
   * @param event what is to be read out of it
   * @param ownId whether the event has an id that nothing around it replaces
   */
  record Sent(String form, Payload json, Spelling spelling, BusinessEvent event, boolean ownId) {

    Sent in(String envelope, Payload around, Attributes attributes, @Nullable String id) {
      return new Sent(
          envelope, around, spelling, attributes.completing(event, ownId ? null : id, null), true);
    }
  }

  /**
   * What an envelope says of an event that may lack it.
   *
   * @param id a GUID or any text
   * @param source where the id is unique
   * @param type the kind of event
   * @param time in ISO 8601
   * @param legalEntity a company
   */
  record Attributes(String id, String source, String type, String time, String legalEntity) {

    /** CloudEvents has ids that are unique within their source alone. */
    String cloudEventId() {
      return id.length() == 36 ? id : source + "#" + id;
    }

    BusinessEvent completing(
        BusinessEvent event, @Nullable String newId, @Nullable String newLegalEntity) {
      Payload members = event.payload();
      Payload.Builder completed = members.toBuilder();
      if (newId != null) {
        completed.with("EventId", newId);
      }
      // An envelope's type is no BusinessEventId; it serves where an event is not F&O's own.
      if (event.type().isEmpty() && (newId != null || newLegalEntity != null)) {
        completed.with("BusinessEventId", type);
      }
      if (newLegalEntity != null
          && members.text("LegalEntity").orElse("").isBlank()
          && members.text("BusinessEventLegalEntity").orElse("").isBlank()) {
        completed.with("BusinessEventLegalEntity", newLegalEntity);
      }
      return BusinessEvent.of(completed.build());
    }
  }

  static Arbitrary<Attributes> attributes() {
    return Combinators.combine(
            Arbitraries.oneOf(
                BaseMembers.guids().map(Object::toString),
                Arbitraries.of("A-1", "2030-01-01-12-30")),
            Arbitraries.of("/contoso/fo", "urn:Gr\u00F6\u00DFe 1+1"),
            Arbitraries.of("Contoso.BusinessEvent", "Gr\u00F6\u00DFe 100%25"),
            BaseMembers.times().map(BaseMembers::isoOf),
            BaseMembers.companies())
        .as(Attributes::new);
  }

  /** A business event: its own members in any order. */
  static Arbitrary<Sent> flat(Arbitrary<BusinessEvent> events) {
    return Combinators.combine(
            events,
            Arbitraries.integers().between(0, 20),
            Arbitraries.of(false, true),
            Spelling.any())
        .as((event, distance, reversed, spelling) -> new Sent(
            "flat", reordered(event.payload(), distance, reversed), spelling, event, true));
  }

  private static Payload reordered(Payload payload, int distance, boolean reversed) {
    List<String> names = new ArrayList<>(payload.names());
    Collections.rotate(names, distance);
    if (reversed) {
      Collections.reverse(names);
    }
    Payload.Builder members = Payload.builder();
    names.forEach(name -> members.with(name, payload.value(name)));
    return members.build();
  }

  /** A data event, whose id hangs on its content as it is. */
  static Arbitrary<Sent> dataEvents() {
    return Combinators.combine(DataEvents.contexts(), Spelling.any())
        .as((context, spelling) ->
            new Sent("a data event", context, spelling, eventOf(context), false));
  }

  static BusinessEvent eventOf(Payload dataEvent) {
    return READER.read(WRITER.write(dataEvent));
  }

  /** In one more envelope, or not. */
  static Arbitrary<Sent> wrapped(Arbitrary<Sent> sent) {
    List<BiFunction<Sent, Attributes, Sent>> envelopes = List.of(
        (event, around) -> event,
        (event, around) -> eventGrid(event, around, "object", event.json()),
        (event, around) -> eventGrid(event, around, "text", textOf(event)),
        (event, around) -> cloudEvent(event, around, "data", event.json()),
        (event, around) -> cloudEvent(event, around, "data", textOf(event)),
        (event, around) -> cloudEvent(event, around, "data_base64", base64Of(event)),
        (event, around) -> context(event, event.json()),
        (event, around) -> context(event, textOf(event).strip()));
    return Combinators.combine(sent, attributes(), Arbitraries.of(envelopes))
        .as((event, around, envelope) -> envelope.apply(event, around));
  }

  private static String textOf(Sent event) {
    return event.spelling().of(event.json());
  }

  private static String base64Of(Sent event) {
    return Base64.getEncoder().encodeToString(textOf(event).getBytes(StandardCharsets.UTF_8));
  }

  private static Sent eventGrid(Sent event, Attributes around, String kind, Object data) {
    Payload json = Payload.builder()
        .with("id", around.id())
        .with("subject", "BusinessEvent/" + around.type())
        .with("topic", "/subscriptions/contoso")
        .with("data", data)
        .with("eventType", around.type())
        .with("dataVersion", "1.0")
        .with("metadataVersion", "1")
        .with("eventTime", around.time())
        .build();
    return event.in(
        "Event Grid, data as " + kind + ", of " + event.form(), json, around, around.id());
  }

  private static Sent cloudEvent(Sent event, Attributes around, String member, Object data) {
    Payload json = Payload.builder()
        .with("specversion", "1.0")
        .with("id", around.id())
        .with("source", around.source())
        .with("type", around.type())
        .with("time", around.time())
        .with("datacontenttype", "application/json")
        .with(member, data)
        .build();
    return event.in(
        "CloudEvent with " + member + " of " + event.form(), json, around, around.cloudEventId());
  }

  /** Only around a business event; a data event is such a context itself. */
  private static Sent context(Sent event, Object inner) {
    return event.ownId() && event.form().equals("flat")
        ? new Sent(
            "Dataverse context of flat",
            DataEvents.around(inner),
            event.spelling(),
            event.event(),
            true)
        : event;
  }
}
