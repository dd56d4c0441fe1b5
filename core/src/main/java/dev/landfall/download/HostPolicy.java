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
import java.util.stream.Stream;

/**
 * Decides, before any connection, whether a link may be followed.
 *
 * <p>A link comes from outside, so without such a rule whoever can send an event could make this
 * service read from hosts that only it can reach. A host must be on the list, spoken to by https on
 * port 443, and must not resolve to an address of this machine or of a private network. Immutable.
 */
public final class HostPolicy {

  private final Set<String> patterns;
  private final Set<String> trustedOrigins;

  private HostPolicy(Set<String> patterns, Set<String> trustedOrigins) {
    this.patterns = patterns;
    this.trustedOrigins = trustedOrigins;
  }

  /** {@return a policy that allows Azure blob storage in all clouds, and nothing else} */
  public static HostPolicy azureStorage() {
    return new HostPolicy(new LinkedHashSet<>(SignedLink.STORAGE_HOSTS), Set.of());
  }

  /** {@return a policy that allows nothing yet} */
  public static HostPolicy nothing() {
    return new HostPolicy(Set.of(), Set.of());
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
    if (!host.matches("(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)+")) {
      throw new IllegalArgumentException(
          "A host pattern is a host name, or *. and a domain; this is neither: " + pattern);
    }
    return new HostPolicy(with(patterns, host), trustedOrigins);
  }

  /**
   * {@return this policy, allowing one origin as it is}: http as well as https, any port, a private
   * address; for an emulator on this machine or a storage inside your own network
   *
   * @param origin scheme, host and port, such as {@code http://127.0.0.1:10000}; what follows is
   *     ignored
   * @throws IllegalArgumentException if it has no scheme http or https, or no host
   */
  public HostPolicy trust(URI origin) {
    if (origin.getHost() == null
        || !List.of("http", "https").contains(String.valueOf(origin.getScheme()))) {
      throw new IllegalArgumentException(
          "An origin is a scheme http or https, a host and a port, such as http://127.0.0.1:10000.");
    }
    return new HostPolicy(patterns, with(trustedOrigins, originOf(origin)));
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
    if (trustedOrigins.contains(originOf(uri))) {
      return;
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
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
    List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
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
    if (!isPublic(address)) {
      throw refused(
          "%s resolves to %s, which is not a public address; HostPolicy.trust allows an origin"
                  .formatted(host, address.getHostAddress())
              + " as it is");
    }
  }

  private static boolean isPublic(InetAddress address) {
    boolean uniqueLocal =
        address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc;
    return !(address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || uniqueLocal);
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
