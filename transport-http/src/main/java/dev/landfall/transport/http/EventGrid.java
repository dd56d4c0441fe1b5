package dev.landfall.transport.http;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.RawEvent;
import dev.landfall.json.EventReader;
import dev.landfall.json.Reading;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Azure Event Grid asks of an endpoint beside taking events: to agree to a subscription, and
 * to hear that it is gone.
 *
 * <p>Anybody may create a subscription that delivers to anybody's address, so only subscriptions
 * that are expected are agreed to. With Event Grid's own schema the agreement is the code that the
 * first post brings, answered at once or told at an address that the post brings, too; with
 * CloudEvents it is a header of the answer to {@code OPTIONS}.
 *
 * <p>Source: Microsoft, "Endpoint validation with Event Grid event schema" and "Endpoint validation
 * with CloudEvents schema"; CloudEvents, "HTTP 1.1 Web Hooks for Event Delivery", 4.
 */
final class EventGrid {

  private static final Logger LOG = LoggerFactory.getLogger(EventGrid.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final String KIND = "aeg-event-type";
  private static final String SUBSCRIPTION = "aeg-subscription-name";
  private static final String ORIGIN = "WebHook-Request-Origin";
  private static final String RATE = "WebHook-Request-Rate";

  private final Set<String> subscriptions;
  private final @Nullable ValidationVisits visits;
  private final EventReader reader = new EventReader();

  private EventGrid(Set<String> subscriptions, @Nullable ValidationVisits visits) {
    this.subscriptions = subscriptions;
    this.visits = visits;
  }

  /** Names are compared without regard to case, as Event Grid is not consistent in it. */
  static EventGrid of(List<String> subscriptions, @Nullable ValidationVisits visits) {
    return new EventGrid(
        subscriptions.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()),
        visits);
  }

  /** Agrees to nothing from then on that it has not agreed to. */
  void close() {
    if (visits != null) {
      visits.close();
    }
  }

  /** {@return whether a request asks whether events may be sent, as CloudEvents has it} */
  static boolean asks(WebhookRequest request) {
    return request.method().equals("OPTIONS") && request.headers().get(ORIGIN).isPresent();
  }

  /**
   * {@return the agreement, or the refusal, to who {@linkplain #asks asks}}
   *
   * <p>CloudEvents asks for an origin alone; a subscription that is named besides must be expected.
   */
  WebhookAnswer agree(WebhookRequest request) {
    if (subscriptions.isEmpty()) {
      return unexpected();
    }
    Optional<String> name = request.headers().get(SUBSCRIPTION);
    if (name.isPresent() && !expects(name.get())) {
      return unexpected(name.get());
    }
    return WebhookAnswer.empty(
        200,
        Map.of(
            "Allow", "POST",
            "WebHook-Allowed-Origin", request.headers().get(ORIGIN).orElse("*"),
            "WebHook-Allowed-Rate", request.headers().get(RATE).orElse("*")));
  }

  /** {@return the answer to a notice of Event Grid itself, or null if a request brings events} */
  @Nullable
  WebhookAnswer answer(WebhookRequest request, RawEvent body) {
    String kind = request.headers().get(KIND).orElse("");
    String name = request.headers().get(SUBSCRIPTION).orElse("");
    if (kind.equalsIgnoreCase("SubscriptionValidation")) {
      return validated(name, request, body);
    }
    if (kind.equalsIgnoreCase("SubscriptionDeletion")) {
      LOG.warn("Event Grid ended the subscription {}; no more events come from it.", shown(name));
      return WebhookAnswer.empty(200, Map.of());
    }
    return null;
  }

  private WebhookAnswer validated(String name, WebhookRequest request, RawEvent body) {
    if (subscriptions.isEmpty()) {
      return unexpected();
    }
    if (!expects(name)) {
      return unexpected(name);
    }
    return visits == null
        ? answeredAtOnce(request, body)
        : answeredByVisit(visits, shown(name), request, body);
  }

  private WebhookAnswer answeredAtOnce(WebhookRequest request, RawEvent body) {
    return member("validationCode", request, body)
        .map(code ->
            WebhookAnswer.json("{\"validationResponse\":\"" + WebhookAnswer.escaped(code) + "\"}"))
        .orElseGet(() -> WebhookAnswer.problem(
            400, "A validation event has data.validationCode; this one has none."));
  }

  private WebhookAnswer answeredByVisit(
      ValidationVisits allowing, String name, WebhookRequest request, RawEvent body) {
    Optional<URI> address = member("validationUrl", request, body).flatMap(allowing::allowed);
    if (address.isEmpty()) {
      return WebhookAnswer.problem(
          400,
          "A validation event has data.validationUrl, an address of Event Grid; this one has none.");
    }
    return allowing.visit(name, address.get())
        ? WebhookAnswer.empty(200, Map.of())
        : WebhookAnswer.tryLater(PAUSE, "Too many subscriptions wait to be agreed to.");
  }

  private Optional<String> member(String name, WebhookRequest request, RawEvent body) {
    for (Reading reading : reader.readAll(body, request.headers())) {
      if (reading instanceof Reading.Read read) {
        BusinessEvent event = read.event();
        return event.payload().text(name);
      }
    }
    return Optional.empty();
  }

  private boolean expects(String name) {
    return subscriptions.contains(name.toLowerCase(Locale.ROOT));
  }

  private static WebhookAnswer unexpected(String name) {
    LOG.warn("Event Grid was refused the subscription {}, which is not expected.", shown(name));
    return WebhookAnswer.problem(
        403, "The subscription %s is not expected here.".formatted(shown(name)));
  }

  private static WebhookAnswer unexpected() {
    return WebhookAnswer.problem(
        403,
        "Events of Event Grid are not expected here; whoever runs this names its subscriptions.");
  }

  private static String shown(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_-]", "?");
    return plain.length() > 64 ? plain.substring(0, 64) : plain;
  }
}
