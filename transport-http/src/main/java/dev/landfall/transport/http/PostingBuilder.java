package dev.landfall.transport.http;

import dev.landfall.download.HostPolicy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of what takes events that are posted: who may post, how much, and how long it may take.
 *
 * @param <B> the builder itself
 */
public abstract sealed class PostingBuilder<B extends PostingBuilder<B>>
    permits WebhookBuilder, WebhookEndpointBuilder {

  private static final Pattern SUBSCRIPTION = Pattern.compile("[A-Za-z0-9-]{3,64}");
  private static final int LARGEST_BODY = 1 << 30;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final List<String> secrets = new ArrayList<>();
  private final List<String> pairs = new ArrayList<>();
  private final List<Network> networks = new ArrayList<>();
  private final List<String> subscriptions = new ArrayList<>();
  private final Set<URI> origins = new HashSet<>();
  private boolean byUrl;
  private boolean open;
  private boolean certificates;
  private @Nullable BearerTokens tokens;
  private int bodyLimit = 1 << 20;
  private Duration answerWithin = Duration.ofSeconds(8);
  private int maxConcurrentRequests = 1024;
  private Clock clock = Clock.systemUTC();

  PostingBuilder() {}

  abstract B self();

  /**
   * Takes events from senders that know a secret, in the query parameter {@code code} or the header
   * {@code X-Landfall-Secret}. May be called again: each of the secrets is good, so that an old one
   * goes on until all senders have the new one.
   *
   * @param secret 16 to 1024 visible ASCII characters
   * @return this
   * @throws IllegalArgumentException if it is shorter, longer, or has other characters
   * @throws IllegalStateException after {@link #withoutSecret}
   */
  public final B sharedSecret(String secret) {
    if (open) {
      throw contradiction();
    }
    secrets.add(SharedSecrets.requireStrong(secret));
    return self();
  }

  /**
   * Takes events from senders that know a user and a password, as HTTP Basic authentication. May be
   * called again: each pair is good, and so is a {@link #sharedSecret}.
   *
   * @param user without colons
   * @param password 16 characters or more
   * @return this
   * @throws IllegalArgumentException if they are not so; the password is not quoted
   * @throws IllegalStateException after {@link #withoutSecret}
   */
  public final B basic(String user, String password) {
    if (open) {
      throw contradiction();
    }
    pairs.add(BasicCredentials.pair(user, password));
    return self();
  }

  /**
   * Takes events from senders with a token of Microsoft Entra ID, such as Event Grid with secure
   * delivery. Other credentials, if given, are good, too.
   *
   * @param good which tokens
   * @return this
   * @throws IllegalStateException after {@link #withoutSecret}, or if it was called before
   */
  public final B bearer(BearerTokens good) {
    if (open) {
      throw contradiction();
    }
    if (tokens != null) {
      throw new IllegalStateException(
          "A webhook takes tokens of one tenant and audience: call bearer(...) once, with all its applications.");
    }
    tokens = good;
    return self();
  }

  /**
   * Takes events from certain networks only, besides what senders have to know. May be called
   * again. What counts is the other end of the connection, which behind a proxy is the proxy.
   *
   * @param network such as {@code 13.64.0.0/11}, {@code 2603:1000::/24} or a single address
   * @return this
   * @throws IllegalArgumentException if it is none
   */
  public final B network(String network) {
    networks.add(Network.of(network));
    return self();
  }

  /**
   * Takes events from anybody who can reach it. Nothing less opens it.
   *
   * @return this
   * @throws IllegalStateException after {@link #sharedSecret}
   */
  public final B withoutSecret() {
    if (!secrets.isEmpty() || !pairs.isEmpty() || tokens != null) {
      throw contradiction();
    }
    open = true;
    return self();
  }

  /**
   * Agrees to a subscription of Azure Event Grid, in its own schema or as CloudEvents. May be
   * called again. Without it no subscription can be made to this webhook, since its validation is
   * refused; events that come nevertheless are taken.
   *
   * @param subscription its name, in any case
   * @return this
   * @throws IllegalArgumentException if it is no such name
   */
  public final B eventGrid(String subscription) {
    require(
        SUBSCRIPTION.matcher(subscription).matches(),
        "A subscription of Event Grid has 3 to 64 letters, digits and hyphens, not \"%s\".",
        subscription);
    subscriptions.add(subscription);
    return self();
  }

  /**
   * Agrees to subscriptions of Event Grid by reading the address that the validation brings,
   * instead of answering its code. It is read in the background, on port 553 or 443 below
   * {@code eventgrid.azure.net}, {@code .us} or {@code .cn}, which the network must let out; so a
   * subscription is there only if both ways are open. It is tried again within the 10 minutes that
   * Event Grid waits. CloudEvents are agreed to as ever.
   *
   * @return this
   */
  public final B validatingByUrl() {
    byUrl = true;
    return self();
  }

  /**
   * Agrees as {@link #validatingByUrl()} does, and at one more origin.
   *
   * @param origin such as {@code http://127.0.0.1:8081} of an emulator; read as it is, at whatever
   *     address
   * @return this
   * @throws IllegalArgumentException if it is no origin of http or https
   */
  public final B validatingByUrl(URI origin) {
    var unused = HostPolicy.nothing().trust(origin);
    byUrl = true;
    origins.add(origin);
    return self();
  }

  /**
   * Refuses bodies over another limit than 1 MiB.
   *
   * @param bytes 1 to 1 GiB
   * @return this
   * @throws IllegalArgumentException if it is less or more
   */
  public final B bodyLimit(int bytes) {
    require(bytes >= 1 && bytes <= LARGEST_BODY, "A body limit is 1 byte to 1 GiB, not %d.", bytes);
    bodyLimit = bytes;
    return self();
  }

  /**
   * Tells a sender to try later when the pipeline has no answer after another time than 8 seconds;
   * the work on the event goes on. F&amp;O waits 10 seconds, Event Grid 30.
   *
   * @param limit counted from the first byte of the request, or, where another server took it, from
   *     when that handed its body over; 1 ms to 1 hour
   * @return this
   * @throws IllegalArgumentException if it is less or more
   */
  public final B answerWithin(Duration limit) {
    answerWithin = checked(limit);
    return self();
  }

  /**
   * Holds another number of requests at once than 1024; one more is told to try later.
   *
   * @param requests at least 1; those that wait for their body or their answer
   * @return this
   * @throws IllegalArgumentException if it is less
   */
  public final B maxConcurrentRequests(int requests) {
    require(requests >= 1, "A webhook holds at least 1 request at once, not %d.", requests);
    maxConcurrentRequests = requests;
    return self();
  }

  /**
   * Dates deliveries by another clock than the system's.
   *
   * @param time tells when a delivery arrived
   * @return this
   */
  public final B clock(Clock time) {
    clock = time;
    return self();
  }

  final void admitByCertificate() {
    certificates = true;
  }

  final Rules rules() {
    if (secrets.isEmpty() && pairs.isEmpty() && tokens == null && !open && !certificates) {
      throw new IllegalStateException(
          "A webhook is told who may post to it, and this one was not: call sharedSecret(...), basic(...) or bearer(...), or withoutSecret() to take events from anybody.");
    }
    return new Rules(
        new Admission(
            SharedSecrets.of(secrets),
            BasicCredentials.of(pairs),
            tokens == null ? null : new BearerGate(tokens, clock),
            List.copyOf(networks)),
        EventGrid.of(
            subscriptions, byUrl ? new ValidationVisits(origins, ValidationVisits.PAUSES) : null),
        bodyLimit,
        answerWithin,
        maxConcurrentRequests,
        clock);
  }

  private static IllegalStateException contradiction() {
    return new IllegalStateException(
        "A webhook either has credentials or is open to anybody: call sharedSecret(...), basic(...) and bearer(...), or withoutSecret(), not both.");
  }

  static Duration checked(Duration limit) {
    if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "A time limit of a webhook is 1 ms to 1 hour, not %s.".formatted(limit));
    }
    return limit;
  }

  static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule.formatted(value));
    }
  }
}
