package dev.landfall.emulator.rest;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The applications of the environment, and the tokens they were given. */
public final class Tokens {

  private static final String BEARER = "bearer ";
  private static final int LENGTH = 96;

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final Duration lifetime;
  // Guarded by this.
  private final Map<String, Application> applications = new HashMap<>();
  private final Map<String, Instant> expiries = new HashMap<>();
  private int issued;

  Tokens(Clock clock, Duration lifetime) {
    this.clock = clock;
    this.lifetime = lifetime;
  }

  record Application(String tenant, String secret) {}

  /**
   * Registers an application; calls need a token from now on.
   *
   * @param tenant whose directory knows it
   * @param clientId its id
   * @param secret what it proves itself with; takes the place of an earlier one
   */
  public synchronized void register(String tenant, String clientId, String secret) {
    applications.put(folded(clientId), new Application(folded(tenant), secret));
  }

  synchronized boolean hasTenant(String tenant) {
    return applications.values().stream()
        .anyMatch(application -> application.tenant().equals(folded(tenant)));
  }

  synchronized Optional<Application> application(String tenant, String clientId) {
    return Optional.ofNullable(applications.get(folded(clientId)))
        .filter(application -> application.tenant().equals(folded(tenant)));
  }

  /** A token that tells nothing, as clients are to take it. */
  synchronized String issue() {
    var bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    expiries.put(token, clock.instant().plus(lifetime));
    issued++;
    return token;
  }

  Duration lifetime() {
    return lifetime;
  }

  Instant now() {
    return clock.instant();
  }

  /** {@return whether a call with this header is let in} */
  synchronized boolean admits(String authorization) {
    if (applications.isEmpty()) {
      return true;
    }
    if (!folded(authorization).startsWith(BEARER)) {
      return false;
    }
    Instant expiry = expiries.get(authorization.substring(BEARER.length()).strip());
    return expiry != null && clock.instant().isBefore(expiry);
  }

  /** Makes all tokens worthless that were issued so far. */
  public synchronized void revoke() {
    expiries.clear();
  }

  /** {@return how many tokens were issued, revoked ones too} */
  public synchronized int issued() {
    return issued;
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
