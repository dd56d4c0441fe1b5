package dev.landfall.testkit;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Headers;
import dev.landfall.event.Payload;
import dev.landfall.event.RawEvent;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Business events for property tests with jqwik: sound ones of every kind and year, the bytes in
 * which they arrive, and bytes that nobody should send.
 *
 * <p>All of it is made up, and shrinks. Every signed link is valid from five minutes before its
 * event until an hour after it, and its signature begins with {@link #SIGNATURE}, so that a test
 * can tell whether it leaks.
 *
 * <p>Needs {@code net.jqwik:jqwik-api} 1.9 among the tests' dependencies, which the test kit does
 * not bring along. An example: a route's own filter takes exports alone, whatever else F&amp;O
 * sends.
 *
 * <pre>{@code
 * class OurRouteProperties {
 *
 *   @Property
 *   void onlyExportsAreTaken(@ForAll("events") BusinessEvent event) {
 *     assertEquals(event.payload().has("DownloadURL"), OurRoute.filter().matches(event));
 *   }
 *
 *   @Provide
 *   Arbitrary<BusinessEvent> events() {
 *     return EventArbitraries.events();
 *   }
 * }
 * }</pre>
 */
// The module does not pass jqwik on, or whoever only extends a contract would need it too.
@SuppressWarnings("exports")
public final class EventArbitraries {

  /** With this begins the signature of every link made here. */
  public static final String SIGNATURE = "c2lnbmF0dXJlLXRoYXQtbXVzdC1uZXZlci1sZWFr";

  private EventArbitraries() {}

  /** {@return events of all the kinds below, as they are after reading} */
  public static Arbitrary<BusinessEvent> events() {
    return Arbitraries.oneOf(businessEvents(), dataEvents());
  }

  /** {@return the members of events of all kinds} */
  public static Arbitrary<Payload> payloads() {
    return events().map(BusinessEvent::payload);
  }

  /**
   * {@return data exports: of early 2019 without an id of their kind and with an {@code EventId} in
   * braces, of late 2019 to 2021, and with all base members as since 2022; links with a short
   * service SAS or a user delegation SAS of about 500 characters}
   */
  public static Arbitrary<BusinessEvent> exports() {
    return read(StandardEvents.exports());
  }

  /** {@return statuses of imports, with a file name, or with errors counted and a project} */
  public static Arbitrary<BusinessEvent> imports() {
    return read(StandardEvents.imports());
  }

  /** {@return batch jobs started, finished, failed and cancelled} */
  public static Arbitrary<BusinessEvent> batchJobs() {
    return read(StandardEvents.batchJobs());
  }

  /** {@return alerts on changes and due dates; the older ones have no legal entity} */
  public static Arbitrary<BusinessEvent> alerts() {
    return read(StandardEvents.alerts());
  }

  /** {@return steps of workflows, whose ids are composed, and which have base members alone} */
  public static Arbitrary<BusinessEvent> workflows() {
    return read(StandardEvents.workflows());
  }

  /** {@return purchase orders confirmed} */
  public static Arbitrary<BusinessEvent> purchaseOrders() {
    return read(StandardEvents.purchaseOrders());
  }

  /** {@return sales and free text invoices posted} */
  public static Arbitrary<BusinessEvent> invoices() {
    return read(StandardEvents.invoices());
  }

  /**
   * {@return events of contracts that developers wrote: names with blanks and names that look like
   * one another, nested objects and lists, numbers of 64 bits and more, any Unicode and halves of
   * surrogate pairs}
   */
  public static Arbitrary<BusinessEvent> customEvents() {
    return read(CustomEvents.any());
  }

  /** {@return what F&amp;O sends to try an endpoint, with the smallest control number there is} */
  public static Arbitrary<BusinessEvent> endpointTests() {
    return read(StandardEvents.endpointTests());
  }

  /**
   * {@return changes of records from Dataverse, some cut because they were over 256 KB; their ids
   * are made by reading, and members that they lack are added by it}
   */
  public static Arbitrary<BusinessEvent> dataEvents() {
    return DataEvents.contexts().map(Envelopes::eventOf);
  }

  /**
   * {@return events of all kinds as they arrive: one or a batch, bare or in envelopes of Event
   * Grid, CloudEvents and Dataverse, with headers or without, in any spelling of JSON and any
   * Unicode encoding}
   */
  public static Arbitrary<ExpectedDelivery> deliveries() {
    return Deliveries.of(
        Arbitraries.oneOf(Envelopes.flat(businessEvents()), Envelopes.dataEvents()));
  }

  /**
   * {@return deliveries in all those forms}
   *
   * @param events what is delivered; not data events, whose id depends on how they arrive
   */
  public static Arbitrary<ExpectedDelivery> deliveriesOf(Arbitrary<BusinessEvent> events) {
    return Deliveries.of(Envelopes.flat(events));
  }

  /**
   * {@return batches with at least one element that has to be refused, all others as good as ever}
   */
  public static Arbitrary<ExpectedDelivery> poisonedBatches() {
    return PoisonedBatches.of(
        Arbitraries.oneOf(Envelopes.flat(businessEvents()), Envelopes.dataEvents()));
  }

  /**
   * {@return bodies that may be anything: noise, JSON that is broken, mistyped, oversized or
   * wrongly encoded, and now and then an event all the same}
   */
  public static Arbitrary<RawEvent> hostileBodies() {
    return HostileBytes.bodies(Arbitraries.oneOf(deliveries(), poisonedBatches()));
  }

  /** {@return headers that mean something to a reader, with values that should not be there} */
  public static Arbitrary<Headers> hostileHeaders() {
    return HostileBytes.headers();
  }

  private static Arbitrary<BusinessEvent> businessEvents() {
    return Arbitraries.oneOf(
        exports(),
        imports(),
        batchJobs(),
        alerts(),
        workflows(),
        purchaseOrders(),
        invoices(),
        customEvents(),
        endpointTests());
  }

  private static Arbitrary<BusinessEvent> read(Arbitrary<Payload> payloads) {
    return payloads.map(BusinessEvent::of);
  }
}
