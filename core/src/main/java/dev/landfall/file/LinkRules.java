package dev.landfall.file;

import dev.landfall.event.Reason;
import dev.landfall.file.SignedLink.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a link must have before anybody is asked for its file.
 *
 * <p>Source of the parameters: Azure Storage, "Create a service SAS", "Create a user delegation
 * SAS" and "Create an account SAS".
 */
final class LinkRules {

  private static final Set<Integer> FIELD_LENGTHS = Set.of(255, 256, 1000);
  private static final Set<String> MARKS = Set.of("sig", "se", "sv");
  private static final List<String> DELEGATION =
      List.of("skoid", "sktid", "skt", "ske", "sks", "skv");
  private static final List<String> TIMES = List.of("st", "se", "skt", "ske");
  private static final List<String> VERSIONS = List.of("sv", "skv");
  private static final int SIGNATURE_LENGTH = 44;
  private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/]{43}=");
  private static final Pattern VERSION = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern HALF_ESCAPE = Pattern.compile("%[0-9A-Fa-f]?\\z");

  /** As {@link dev.landfall.event.Redaction} leaves a query. */
  private static final String BLANKED = "?...";

  private static final String ADVICE =
      "an EDT of 1000 characters or more, such as SharedServiceUnitURL, and export again.";

  private LinkRules() {}

  static Optional<Fault> faultOf(String url, LinkParts parts) {
    if (!parts.isHttp() || parts.host().isEmpty()) {
      return Optional.of(notAUrl(url, "it has no scheme https, or no host"));
    }
    if (url.endsWith(BLANKED)) {
      return Optional.of(new Fault(
          Reason.LINK_MISSING,
          "A link works only with its signature, and that of this one, %d characters long, was removed, as it is once a file is stored."
              .formatted(url.length())));
    }
    if (HALF_ESCAPE
        .matcher(url)
        .region(Math.max(0, url.length() - 2), url.length())
        .find()) {
      return Optional.of(truncated(url, "it ends in the middle of an escaped character"));
    }
    return uriFault(url).or(() -> isSigned(parts) ? signatureFault(url, parts) : Optional.empty());
  }

  private static Optional<Fault> uriFault(String url) {
    try {
      URI uri = new URI(LinkParts.escaped(url));
      if (uri.getUserInfo() != null) {
        return Optional.of(notAUrl(url, "it has user information before the host"));
      }
      return uri.getHost() == null
          ? Optional.of(notAUrl(url, "its host is no host name"))
          : Optional.empty();
    } catch (URISyntaxException notAUri) {
      // The reason is one of the parser's fixed phrases; the message would quote the link.
      return Optional.of(notAUrl(url, notAUri.getReason()));
    }
  }

  private static boolean isSigned(LinkParts parts) {
    return SignedLink.isStorage(parts.host())
        || !Collections.disjoint(MARKS, parts.parameters().keySet());
  }

  private static Optional<Fault> signatureFault(String url, LinkParts parts) {
    List<String> lacking = lacking(parts);
    List<String> broken = broken(parts);
    if (lacking.isEmpty() && broken.isEmpty()) {
      return Optional.empty();
    }
    List<String> complaints = new ArrayList<>();
    if (!lacking.isEmpty()) {
      complaints.add("it lacks " + String.join(", ", lacking));
    }
    broken.forEach(name -> complaints.add(
        name.equals("sig") ? "sig is not 32 bytes in base64" : name + " cannot be read"));
    String complaint = String.join("; ", complaints);
    return Optional.of(
        isCut(url, parts, broken)
            ? truncated(url, complaint)
            : new Fault(
                Reason.LINK_MALFORMED,
                "A signed link has sv, sr, sp, se and sig; this one, %d characters long, is not fine: %s. See that the X++ contract's field holds the whole link: %s"
                    .formatted(url.length(), complaint, ADVICE)));
  }

  /** A stored policy, si, tells the permission and the expiry; an account's link has no sr. */
  private static List<String> lacking(LinkParts parts) {
    List<String> needed = new ArrayList<>(List.of("sv"));
    if (has(parts, "ss") || has(parts, "srt")) {
      needed.addAll(List.of("ss", "srt"));
    } else {
      needed.add("sr");
    }
    if (!has(parts, "si")) {
      needed.addAll(List.of("sp", "se"));
    }
    if (!Collections.disjoint(DELEGATION, parts.parameters().keySet())) {
      needed.addAll(DELEGATION);
    }
    needed.add("sig");
    needed.removeIf(name -> has(parts, name));
    return needed;
  }

  private static boolean has(LinkParts parts, String name) {
    return parts.parameter(name).isPresent();
  }

  private static List<String> broken(LinkParts parts) {
    List<String> broken = new ArrayList<>();
    for (String name : TIMES) {
      if (has(parts, name) && parts.time(name).isEmpty()) {
        broken.add(name);
      }
    }
    for (String name : VERSIONS) {
      if (has(parts, name, VERSION.asMatchPredicate().negate())) {
        broken.add(name);
      }
    }
    if (has(parts, "sig", SIGNATURE.asMatchPredicate().negate())) {
      broken.add("sig");
    }
    return broken;
  }

  private static boolean has(LinkParts parts, String name, Predicate<String> property) {
    return parts.parameter(name).filter(property).isPresent();
  }

  private static boolean isCut(String url, LinkParts parts, List<String> broken) {
    return FIELD_LENGTHS.contains(url.length())
        || parts.end().filter(end -> isHalf(end, parts, broken)).isPresent();
  }

  private static boolean isHalf(String end, LinkParts parts, List<String> broken) {
    int equals = end.indexOf('=');
    if (equals < 0 || equals == end.length() - 1) {
      return true;
    }
    String name = LinkParts.decoded(end.substring(0, equals)).toLowerCase(Locale.ROOT);
    return broken.contains(name)
        && (!name.equals("sig")
            || parts
                .parameter(name)
                .filter(sig -> sig.length() < SIGNATURE_LENGTH)
                .isPresent());
  }

  private static Fault notAUrl(String url, String complaint) {
    return new Fault(
        Reason.LINK_MALFORMED,
        "A link to a file is an absolute https URL; this one, %d characters long, is not: %s."
            .formatted(url.length(), complaint));
  }

  private static Fault truncated(String url, String complaint) {
    return new Fault(
        Reason.LINK_TRUNCATED,
        "A signed link works only whole; this one was cut off after %d characters: %s. The X++ contract's field is too short for it: give it %s"
            .formatted(url.length(), complaint, ADVICE));
  }
}
