package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What is made up here is as F&amp;O makes it. */
class EventArbitrariesProperties {

  @Provide
  Arbitrary<BusinessEvent> exports() {
    return EventArbitraries.exports();
  }

  @Provide
  Arbitrary<BusinessEvent> dataEvents() {
    return EventArbitraries.dataEvents();
  }

  @Provide
  Arbitrary<BusinessEvent> endpointTests() {
    return EventArbitraries.endpointTests();
  }

  @Property(tries = 1000)
  void linksAreSignedForTheHourAfterTheirEvent(@ForAll("exports") BusinessEvent export) {
    String link = export.payload().text("DownloadURL").orElseThrow();
    Map<String, String> query = queryOf(link);
    String signature = query.getOrDefault("sig", "");
    assertTrue(signature.startsWith(EventArbitraries.SIGNATURE), link);
    assertEquals(32, Base64.getDecoder().decode(signature).length);
    Instant event = export.time().truncatedTo(ChronoUnit.SECONDS);
    assertEquals(event.plus(Duration.ofHours(1)), Instant.parse(query.getOrDefault("se", "")));
    assertEquals(event.minus(Duration.ofMinutes(5)), Instant.parse(query.getOrDefault("st", "")));
    assertTrue(query.containsKey("sv") && "r".equals(query.get("sp")), link);
    assertEquals("b", query.get("sr"));
  }

  @Property(tries = 1000)
  void exportsAreOfEveryYearAndWithBothKindsOfLink(@ForAll("exports") BusinessEvent export) {
    Payload members = export.payload();
    String link = members.text("DownloadURL").orElseThrow();
    boolean ofAUser = link.contains("skoid=");
    assertTrue(ofAUser ? link.length() > 450 && link.length() < 560 : link.length() < 300, link);
    String year = members.has("EventTimeIso8601")
        ? "2022"
        : members.has("BusinessEventId") ? "2019 late" : "2019 early";
    assertEquals(
        year.equals("2019 early"), members.text("EventId").orElseThrow().startsWith("{"));
    Statistics.label("year").collect(year).coverage(coverage -> {
      coverage.check("2019 early").percentage(share -> share > 15);
      coverage.check("2019 late").percentage(share -> share > 15);
      coverage.check("2022").percentage(share -> share > 15);
    });
    Statistics.label("link")
        .collect(ofAUser)
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 5));
  }

  @Property(tries = 1000)
  void membersAreInAlphabeticalOrder(@ForAll("exports") BusinessEvent export) {
    List<String> names = List.copyOf(export.payload().names());
    assertEquals(names.stream().sorted().toList(), names);
  }

  @Property(tries = 1000)
  void aDataEventTellsItsEntityItsKindAndItsCompany(@ForAll("dataEvents") BusinessEvent event) {
    Payload members = event.payload();
    assertEquals(members.text("PrimaryEntityName"), event.entity());
    assertEquals(
        members.text("MessageName").orElseThrow(), event.type().orElseThrow().value());
    assertEquals(members.instant("OperationCreatedOn").orElseThrow(), event.time());
    assertTrue(event.id().value().startsWith(members.text("CorrelationId").orElseThrow() + "#"));
    assertEquals(
        members.payloads("InputParameters").stream()
            .flatMap(parameter -> parameter.nested("value").stream())
            .flatMap(target -> target.payloads("Attributes").stream())
            .filter(attribute -> attribute.text("key").orElse("").equals("mserp_dataareaid"))
            .flatMap(attribute -> attribute.text("value").stream())
            .map(company -> company.toLowerCase(Locale.ROOT))
            .findFirst(),
        event.legalEntity().map(company -> company.value()));
  }

  @Property(tries = 1000)
  void anEndpointTestHasTheSmallestControlNumber(@ForAll("endpointTests") BusinessEvent event) {
    assertEquals(Long.MIN_VALUE, event.controlNumber().orElseThrow());
  }

  private static Map<String, String> queryOf(String link) {
    Map<String, String> query = new HashMap<>();
    for (String parameter : URI.create(link).getRawQuery().split("&", -1)) {
      int sign = parameter.indexOf('=');
      String value = parameter.substring(sign + 1);
      query.put(parameter.substring(0, sign), URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return query;
  }
}
