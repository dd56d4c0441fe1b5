package dev.landfall.transport.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens of Microsoft Entra ID let a sender in: those of a tenant, for an audience, given to
 * an application.
 *
 * <pre>{@code
 * Webhook.on(8443).bearer(BearerTokens.entra(tenant, "api://landfall").application(BearerTokens.EVENT_GRID))
 * }</pre>
 *
 * <p>A token is a JWT signed with RS256, in the form of version 1 or 2. The keys of the tenant are
 * fetched when the first token comes, kept, and fetched again after an hour or when a token names
 * another. While they cannot be had, senders are told to try later: Event Grid drops an event for
 * good when it hears 401. Values are immutable.
 *
 * <p>Sources: RFC 7519; Microsoft, "Access tokens in the Microsoft identity platform" and "Secure
 * webhook delivery with Microsoft Entra ID in Azure Event Grid".
 */
public final class BearerTokens {

  /** The application id of Azure Event Grid in the public cloud. */
  public static final String EVENT_GRID = "4962773b-9cdb-44cf-a8bf-237846a00ab7";

  /** The application id of Azure Event Grid in the cloud of the US government. */
  public static final String EVENT_GRID_US_GOVERNMENT = "54316b56-3481-47f9-8f30-0300f5542a7b";

  private static final URI PUBLIC_CLOUD = URI.create("https://login.microsoftonline.com");
  private static final String CHINA = "login.partner.microsoftonline.cn";
  private static final Pattern TENANT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Duration SKEW = Duration.ofMinutes(2);

  private final String tenant;
  private final String audience;
  private final URI authority;
  private final Set<String> applications;
  private final @Nullable String role;

  private BearerTokens(
      String tenant,
      String audience,
      URI authority,
      Set<String> applications,
      @Nullable String role) {
    this.tenant = tenant;
    this.audience = audience;
    this.authority = authority;
    this.applications = applications;
    this.role = role;
  }

  /**
   * {@return tokens of a tenant in the public cloud, given to any application}
   *
   * @param tenant its id, a GUID
   * @param audience the id, or the URI, of the application that stands for this endpoint
   * @throws IllegalArgumentException if the tenant is no GUID or the audience blank
   */
  public static BearerTokens entra(String tenant, String audience) {
    if (!TENANT.matcher(tenant).matches()) {
      throw new IllegalArgumentException(
          "A tenant is told by its id, a GUID, not \"%s\".".formatted(tenant));
    }
    if (audience.isBlank()) {
      throw new IllegalArgumentException("An audience is not blank.");
    }
    return new BearerTokens(
        tenant.toLowerCase(Locale.ROOT), audience, PUBLIC_CLOUD, Set.of(), null);
  }

  /**
   * Takes tokens of another cloud, or of an emulator.
   *
   * @param value such as {@code https://login.microsoftonline.us} or
   *     {@code https://login.partner.microsoftonline.cn}; http only on this machine
   * @return such tokens
   * @throws IllegalArgumentException if it is no such address
   */
  public BearerTokens authority(URI value) {
    boolean local = "http".equals(value.getScheme())
        && ("127.0.0.1".equals(value.getHost()) || "localhost".equals(value.getHost()));
    if (value.getHost() == null || !("https".equals(value.getScheme()) || local)) {
      throw new IllegalArgumentException(
          "An authority is an address such as https://login.microsoftonline.us, not %s."
              .formatted(value));
    }
    return new BearerTokens(tenant, audience, value, applications, role);
  }

  /**
   * Takes tokens given to certain applications only. May be called again: each is good.
   *
   * @param id of the sender's application, such as {@link #EVENT_GRID}
   * @return such tokens
   */
  public BearerTokens application(String id) {
    Set<String> more = new HashSet<>(applications);
    more.add(id.toLowerCase(Locale.ROOT));
    return new BearerTokens(tenant, audience, authority, Set.copyOf(more), role);
  }

  /**
   * Takes tokens with an application role only.
   *
   * @param name such as {@code AzureEventGridSecureWebhookSubscriber}
   * @return such tokens
   */
  public BearerTokens role(String name) {
    return new BearerTokens(tenant, audience, authority, applications, name);
  }

  URI keys() {
    return URI.create(base() + "/" + tenant + "/discovery/v2.0/keys");
  }

  private String base() {
    String text = authority.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** {@return why a token is not good, or nothing if it is} */
  Optional<String> fault(SignedJWT token, JWK key, Clock clock) {
    try {
      if (!JWSAlgorithm.RS256.equals(token.getHeader().getAlgorithm())
          || !token.verify(new RSASSAVerifier(key.toRSAKey()))) {
        return Optional.of("its signature is not that of the tenant");
      }
      return fault(token.getJWTClaimsSet(), clock.instant());
    } catch (JOSEException | ParseException | ClassCastException malformed) {
      return Optional.of("it is malformed");
    }
  }

  private Optional<String> fault(JWTClaimsSet claims, Instant now) throws ParseException {
    Date expiry = claims.getExpirationTime();
    Date start = claims.getNotBeforeTime();
    if (expiry == null || expiry.toInstant().plus(SKEW).isBefore(now)) {
      return Optional.of("it has expired");
    }
    if (start != null && start.toInstant().minus(SKEW).isAfter(now)) {
      return Optional.of("it is not valid yet");
    }
    if (!issuers().contains(String.valueOf(claims.getIssuer()))) {
      return Optional.of("its issuer is another");
    }
    if (!claims.getAudience().contains(audience)) {
      return Optional.of("its audience is another");
    }
    if (!applications.isEmpty() && !applications.contains(application(claims))) {
      return Optional.of("its application is another");
    }
    List<String> roles = claims.getStringListClaim("roles");
    return role == null || (roles != null && roles.contains(role))
        ? Optional.empty()
        : Optional.of("it lacks the role");
  }

  private Set<String> issuers() {
    String first = CHINA.equalsIgnoreCase(authority.getHost())
        ? "https://sts.chinacloudapi.cn/"
        : "https://sts.windows.net/";
    return Set.of(first + tenant + "/", base() + "/" + tenant + "/v2.0");
  }

  private static String application(JWTClaimsSet claims) throws ParseException {
    String azp = claims.getStringClaim("azp");
    String id = azp == null ? claims.getStringClaim("appid") : azp;
    return id == null ? "" : id.toLowerCase(Locale.ROOT);
  }
}
