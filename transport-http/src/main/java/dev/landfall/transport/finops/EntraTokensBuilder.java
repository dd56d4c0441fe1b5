package dev.landfall.transport.finops;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.IClientCredential;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Settings of {@link EntraTokens}; not safe for several threads at once. */
public final class EntraTokensBuilder {

  private static final Pattern GUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern DOMAIN =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}");
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]");

  private final String tenant;
  private final String application;
  private String authority = "https://login.microsoftonline.com";
  private @Nullable IClientCredential credential;
  private Duration answerWithin = Duration.ofSeconds(30);
  private Clock clock = Clock.systemUTC();
  private final HttpClient.Builder client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .followRedirects(HttpClient.Redirect.NEVER)
      .proxy(HttpClient.Builder.NO_PROXY)
      .connectTimeout(Duration.ofSeconds(10));

  EntraTokensBuilder(String tenant, String application) {
    require(
        GUID.matcher(tenant).matches() || DOMAIN.matcher(tenant).matches(),
        "A tenant is told by its id, a GUID, or a domain such as contoso.onmicrosoft.com; this is neither.");
    require(
        GUID.matcher(application).matches(),
        "An application is told by its id, a GUID, which this is not.");
    this.tenant = tenant.toLowerCase(Locale.ROOT);
    this.application = application.toLowerCase(Locale.ROOT);
  }

  /**
   * Proves the application by a secret.
   *
   * @param value the secret's value, not its id
   * @return this
   * @throws IllegalArgumentException if it is blank
   * @throws IllegalStateException if it has a credential already
   */
  public EntraTokensBuilder secret(String value) {
    require(!value.isBlank(), "A secret of an application is not blank.");
    return provedBy(ClientCredentialFactory.createFromSecret(value));
  }

  /**
   * Proves the application by a certificate; the key signs and is sent to nobody.
   *
   * @param key of RSA, with 2048 bits or more
   * @param certificate its certificate, which the application has in Entra
   * @return this
   * @throws IllegalArgumentException if the key is another's, or not so
   * @throws IllegalStateException if it has a credential already
   */
  public EntraTokensBuilder certificate(PrivateKey key, X509Certificate certificate) {
    return provedBy(new EntraCertificate(key, certificate).credential());
  }

  /**
   * Proves the application by a certificate in a file, which is read at once.
   *
   * @param keyStore a file in PKCS #12 with one key
   * @param password of the store and the key
   * @return this
   * @throws IllegalArgumentException if it cannot be read as one, or has no key of RSA
   * @throws IllegalStateException if it has a credential already
   */
  public EntraTokensBuilder certificate(Path keyStore, String password) {
    return provedBy(EntraCertificate.in(keyStore, password).credential());
  }

  /**
   * Asks another cloud than the public one.
   *
   * @param address {@link EntraTokens#US_GOVERNMENT}, {@link EntraTokens#CHINA}, or another over
   *     https; who answers there learns the secret
   * @return this
   * @throws IllegalArgumentException if it is no such address, or has a path
   */
  public EntraTokensBuilder authority(URI address) {
    require(
        "https".equalsIgnoreCase(address.getScheme())
            && address.getHost() != null
            && address.getRawUserInfo() == null
            && address.getRawQuery() == null
            && address.getRawFragment() == null
            && (address.getRawPath().isEmpty() || address.getRawPath().equals("/")),
        "An authority is an address without a path, such as https://login.microsoftonline.us; this is none.");
    authority = "https://" + address.getRawAuthority();
    return this;
  }

  /**
   * Tells the age of tokens by another clock than the system's.
   *
   * @param time tells what time it is
   * @return this
   */
  public EntraTokensBuilder clock(Clock time) {
    clock = time;
    return this;
  }

  /** Trusts another authority's certificate than those of public issuers. */
  EntraTokensBuilder trusting(SSLContext context) {
    client.sslContext(context);
    return this;
  }

  EntraTokensBuilder answerWithin(Duration limit) {
    answerWithin = limit;
    return this;
  }

  /**
   * {@return tokens for an environment; none is asked for yet}
   *
   * @param environment such as {@code https://contoso.operations.dynamics.com}; what follows the
   *     host does not matter; http only on 127.0.0.1 or [::1]
   * @throws IllegalArgumentException if it is no such address
   * @throws IllegalStateException if no credential was given
   */
  public EntraTokens forEnvironment(URI environment) {
    boolean isLocal = "http".equalsIgnoreCase(environment.getScheme())
        && environment.getHost() != null
        && THIS_MACHINE.contains(environment.getHost());
    require(
        environment.getHost() != null
            && environment.getRawUserInfo() == null
            && ("https".equalsIgnoreCase(environment.getScheme()) || isLocal),
        "An environment is an address such as https://contoso.operations.dynamics.com; http only on 127.0.0.1 or [::1].");
    if (credential == null) {
      throw new IllegalStateException(
          "An application proves itself to Entra, and this one was given nothing to do so: call secret(...) or certificate(...).");
    }
    boolean isUsualPort = environment.getPort() == -1 || environment.getPort() == 443;
    String port = isUsualPort ? "" : ":" + environment.getPort();
    String resource =
        (environment.getScheme() + "://" + environment.getHost() + port).toLowerCase(Locale.ROOT);
    EntraApplication entra = new EntraApplication(
        authority + "/" + tenant + "/",
        application,
        credential,
        resource,
        new EntraLine(client.build(), authority, answerWithin));
    return new EntraTokens(entra::ask, clock, "tokens of Entra for " + resource);
  }

  private EntraTokensBuilder provedBy(IClientCredential proof) {
    if (credential != null) {
      throw new IllegalStateException(
          "An application proves itself by one credential: call secret(...) or certificate(...), once.");
    }
    credential = proof;
    return this;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }

  @Override
  public String toString() {
    return "tokens of Entra for the application " + application;
  }
}
