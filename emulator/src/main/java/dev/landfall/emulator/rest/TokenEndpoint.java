package dev.landfall.emulator.rest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The part of Microsoft Entra ID that gives applications tokens for their secret. */
final class TokenEndpoint {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
  // Client libraries add these to any scope.
  private static final Set<String> RESERVED = Set.of("openid", "profile", "offline_access");

  private final Tokens tokens;
  private final URI environment;

  TokenEndpoint(Tokens tokens, URI environment) {
    this.tokens = tokens;
    this.environment = environment;
  }

  Reply token(String tenant, ApiRequest request) {
    if (!request.isOfType("application/x-www-form-urlencoded")) {
      return refused(
          400,
          "invalid_request",
          900144,
          "The request body must contain the following parameter: 'grant_type'.");
    }
    Map<String, String> form = request.form();
    String grant = form.getOrDefault("grant_type", "");
    String client = form.getOrDefault("client_id", "");
    String scope = form.getOrDefault("scope", "");
    if (!tokens.hasTenant(tenant)) {
      return refused(400, "invalid_request", 90002, "Tenant '%s' not found.".formatted(tenant));
    }
    for (String name : List.of("grant_type", "client_id", "scope")) {
      if (form.getOrDefault(name, "").isEmpty()) {
        return refused(
            400,
            "invalid_request",
            900144,
            "The request body must contain the following parameter: '%s'.".formatted(name));
      }
    }
    if (!grant.equals("client_credentials")) {
      return refused(
          400,
          "unsupported_grant_type",
          70003,
          "The app requested an unsupported grant type '%s'.".formatted(grant));
    }
    Optional<Tokens.Application> application = tokens.application(tenant, client);
    if (application.isEmpty()) {
      return refused(
          400,
          "unauthorized_client",
          700016,
          "Application with identifier '%s' was not found in the directory '%s'."
              .formatted(client, tenant));
    }
    if (!isSame(application.get().secret(), form.getOrDefault("client_secret", ""))) {
      return refused(
          401,
          "invalid_client",
          7000215,
          "Invalid client secret provided. Ensure the secret being sent in the request is the"
              + " client secret value, not the client secret ID, for a secret added to app '%s'."
                  .formatted(client));
    }
    List<String> asked =
        Stream.of(scope.split(" ")).filter(part -> !RESERVED.contains(part)).toList();
    if (!asked.equals(List.of(environment + "/.default"))) {
      return refused(
          400,
          "invalid_scope",
          70011,
          ("The provided request must include a 'scope' input parameter. The provided value for the"
                  + " input parameter 'scope' is not valid. The scope %s is not valid.")
              .formatted(scope));
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("token_type", "Bearer");
    answer.put("expires_in", tokens.lifetime().toSeconds());
    answer.put("ext_expires_in", tokens.lifetime().toSeconds());
    answer.put("access_token", tokens.issue());
    return Reply.json(200, answer);
  }

  private static boolean isSame(String secret, String given) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private Reply refused(int status, String error, int code, String description) {
    String trace = UUID.randomUUID().toString();
    String correlation = UUID.randomUUID().toString();
    String time = TIME.format(tokens.now());
    var answer = new LinkedHashMap<String, Object>();
    answer.put("error", error);
    answer.put(
        "error_description",
        "AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s"
            .formatted(code, description, trace, correlation, time));
    answer.put("error_codes", List.of(code));
    answer.put("timestamp", time);
    answer.put("trace_id", trace);
    answer.put("correlation_id", correlation);
    answer.put("error_uri", "https://login.microsoftonline.com/error?code=" + code);
    return Reply.json(status, answer);
  }

  /** What clients look up before they ask for a token. */
  static Reply openIdConfiguration(URI authority, String tenant) {
    String base = authority + "/" + tenant;
    var answer = new LinkedHashMap<String, Object>();
    answer.put("token_endpoint", base + "/oauth2/v2.0/token");
    answer.put("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
    answer.put("jwks_uri", base + "/discovery/v2.0/keys");
    answer.put("response_types_supported", List.of("code"));
    answer.put("issuer", base + "/v2.0");
    answer.put("authorization_endpoint", base + "/oauth2/v2.0/authorize");
    answer.put("device_authorization_endpoint", base + "/oauth2/v2.0/devicecode");
    return Reply.json(200, answer);
  }
}
