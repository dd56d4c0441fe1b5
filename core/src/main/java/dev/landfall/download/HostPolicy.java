package dev.landfall.download;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.SignedLink;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides, before any connection, whether a link may be followed.
 *
 * <p>A link comes from outside, so without such a rule whoever can send an event could make this
 * service read from hosts that only it can reach. A link is refused for good
 *
 * <ul>
 *   <li>unless its host is a full name on the list. An IP address is no name, however it is
 *       spelled, and neither is what has a dot at its end, an escape, or a letter beyond ASCII.
 *   <li>unless it is https on port 443.
 *   <li>if it has user information before the host.
 *   <li>if one of the host's addresses is not public: private, shared, loopback, link-local (where
 *       clouds give out credentials), multicast, reserved, for documentation or benchmarks; in
 *       IPv6, all but 2000::/3 and there the blocks for documentation, protocols and tunnels (6to4,
 *       Teredo, ORCHID); and 168.63.129.16, by which Azure serves its virtual machines. An IPv4
 *       address within IPv6, mapped or for NAT64, is judged as IPv4.
 * </ul>
 *
 * <p>An origin that is {@linkplain #trust trusted} is followed as it is, at any address. Immutable.
 */
public final class HostPolicy {

  private static final int LONGEST_NAME = 253;
  private static final Pattern NAME =
      Pattern.compile("(?:[a-z0-9-]{1,63}\\.)+[a-z][a-z0-9-]{0,62}");

  private final Set<String> patterns;
  private final Set<String> trustedOrigins;
  private final Resolver resolver;

  private HostPolicy(Set<String> patterns, Set<String> trustedOrigins, Resolver resolver) {
    this.patterns = patterns;
    this.trustedOrigins = trustedOrigins;
    this.resolver = resolver;
  }

  /** Looks up all addresses of a host. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addressesOf(String host) throws UnknownHostException;
  }

  /** {@return a policy that allows Azure blob storage in all clouds, and nothing else} */
  public static HostPolicy azureStorage() {
    return new HostPolicy(
        new LinkedHashSet<>(SignedLink.STORAGE_HOSTS), Set.of(), InetAddress::getAllByName);
  }

  /** {@return a policy that allows nothing yet} */
  public static HostPolicy nothing() {
    return new HostPolicy(Set.of(), Set.of(), InetAddress::getAllByName);
  }

  /**
   * {@return this policy, allowing one more host or all hosts below a domain}
   *
   * @param pattern a host name such as {@code files.contoso.com}, or {@code *.contoso.com} for all
   *     below it
   * @throws IllegalArgumentException if it is neither
   */
  public HostPolicy allow(String pattern) {
    String host = pattern.toLowerCase(Locale.ROOT);
    if (!isName(host.startsWith("*.") ? host.substring(2) : host)) {
      throw new IllegalArgumentException(
          "A host pattern is a host name, or *. and a domain; this is neither: " + pattern);
    }
    return new HostPolicy(with(patterns, host), trustedOrigins, resolver);
  }

  /**
   * {@return this policy, allowing one origin as it is}: http as well as https, any port, an IP
   * address, a private address; for an emulator on this machine or a storage inside your own
   * network, such as one behind a private endpoint
   *
   * <p>A link has that origin if scheme, host and port are spelled the same, in any case; a port
   * that is left out is 80 of http and 443 of https.
   *
   * @param origin scheme, host and port, such as {@code http://127.0.0.1:10000}; what follows is
   *     ignored
   * @throws IllegalArgumentException if it has no scheme http or https, no host, or user
   *     information, or a port that is none
   */
  public HostPolicy trust(URI origin) {
    boolean isHttp =
        "http".equalsIgnoreCase(origin.getScheme()) || "https".equalsIgnoreCase(origin.getScheme());
    if (!isHttp
        || origin.getHost() == null
        || origin.getRawUserInfo() != null
        || portOf(origin) < 1
        || portOf(origin) > 65_535) {
      throw new IllegalArgumentException(
          "An origin is a scheme http or https, a host and a port, such as http://127.0.0.1:10000.");
    }
    return new HostPolicy(patterns, with(trustedOrigins, originOf(origin)), resolver);
  }

  /** {@return this policy, asking another than the system for addresses} */
  HostPolicy resolvedBy(Resolver other) {
    return new HostPolicy(patterns, trustedOrigins, other);
  }

  private static Set<String> with(Set<String> all, String one) {
    Set<String> more = new LinkedHashSet<>(all);
    more.add(one);
    return more;
  }

  /**
   * Refuses a link that may not be followed.
   *
   * @param uri the link
   * @throws FetchException if it may not; retryable only if the host's address cannot be looked up
   */
  void check(URI uri) {
    if (uri.getHost() == null) {
      throw refused("the link has none that can be read");
    }
    if (uri.getRawUserInfo() != null) {
      throw refused("the link has user information before it");
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (host.length() > LONGEST_NAME) {
      throw refused("the link's has %d characters, and a name has up to %d"
          .formatted(host.length(), LONGEST_NAME));
    }
    if (trustedOrigins.contains(originOf(uri))) {
      return;
    }
    if (!isName(host)) {
      throw refused("%s is no full name of a host; HostPolicy.trust allows an origin as it is"
          .formatted(host));
    }
    if (patterns.stream().noneMatch(pattern -> matches(pattern, host))) {
      throw refused("the host %s is not on the list %s; add it with HostPolicy.allow if it is yours"
          .formatted(host, patterns));
    }
    if (!"https".equalsIgnoreCase(uri.getScheme()) || portOf(uri) != 443) {
      throw refused("%s is not https on port 443; HostPolicy.trust allows an origin as it is"
          .formatted(originOf(uri)));
    }
    try {
      var unused = addressesOf(host, 443);
    } catch (UnknownHostException unknown) {
      throw FetchException.passing(
          Reason.FILE_UNAVAILABLE, "The host %s has no address.".formatted(host), unknown);
    }
  }

  /**
   * As every top-level domain does, the last part begins with a letter; so no address is a name.
   */
  private static boolean isName(String host) {
    return host.length() <= LONGEST_NAME && NAME.matcher(host).matches();
  }

  private static boolean matches(String pattern, String host) {
    return pattern.startsWith("*.")
        ? host.endsWith(pattern.substring(1)) && host.length() > pattern.length() - 1
        : host.equals(pattern);
  }

  /**
   * Looks up the addresses of a host that may be connected to, so that the address that was checked
   * is the one that is used.
   *
   * @param host its name, or a literal address with or without brackets
   * @param port the port to connect to
   * @return all that the host has, in the order they should be tried
   * @throws UnknownHostException if it has none
   * @throws FetchException if one is not public, unless an origin of that host and port is trusted
   */
  public List<InetAddress> addressesOf(String host, int port) throws UnknownHostException {
    List<InetAddress> addresses = List.of(resolver.addressesOf(host));
    String origin = "://" + (host.startsWith("[") || !host.contains(":") ? host : "[" + host + "]")
        + ":" + port;
    boolean trusted = Stream.of("http", "https")
        .anyMatch(scheme -> trustedOrigins.contains((scheme + origin).toLowerCase(Locale.ROOT)));
    if (!trusted) {
      addresses.forEach(address -> requirePublic(host, address));
    }
    return addresses;
  }

  private static void requirePublic(String host, InetAddress address) {
    Addresses.specialKind(address).ifPresent(kind -> {
      throw refused(
          "%s resolves to %s, which is not public (%s); HostPolicy.trust allows an origin as it is"
              .formatted(host, address.getHostAddress(), kind));
    });
  }

  private static FetchException refused(String fault) {
    return FetchException.permanent(
        Reason.HOST_NOT_ALLOWED, "A file is only fetched from an allowed host: " + fault + ".");
  }

  private static String originOf(URI uri) {
    return (uri.getScheme() + "://" + uri.getHost() + ":" + portOf(uri)).toLowerCase(Locale.ROOT);
  }

  private static int portOf(URI uri) {
    if (uri.getPort() != -1) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  @Override
  public String toString() {
    return "hosts " + patterns + (trustedOrigins.isEmpty() ? "" : ", origins " + trustedOrigins);
  }
}
