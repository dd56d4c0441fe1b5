package dev.landfall.file;

import dev.landfall.event.Reason;
import dev.landfall.event.Redaction;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A link that carries its own permission, and what it tells without asking anybody.
 *
 * <p>It is made of any text and keeps it byte for byte, because a signature covers the exact
 * spelling. Each fact is empty where the text does not tell it; whether the link can be right is
 * another question, answered by {@link #fault}. No method uses the network.
 *
 * <p>The link is a bearer secret: whoever has it can read the file. {@link #toString} shows it
 * without its query. Two links are equal when their texts are.
 *
 * <p>Source of the parameters: Azure Storage, "Create a service SAS" and "Create a user delegation
 * SAS". F&amp;O's links have the path {@code /dmf/Customer g{32 hex digits}.csv}, percent-encoded,
 * and live for 65 minutes.
 */
public final class SignedLink {

  /**
   * Patterns of the hosts of Azure blob storage in all clouds, {@code *.} standing for an account;
   * source: Azure's lists of storage endpoint suffixes.
   */
  public static final List<String> STORAGE_HOSTS = List.of(
      "*.blob.core.windows.net",
      "*.blob.storage.azure.net",
      "*.blob.core.usgovcloudapi.net",
      "*.blob.core.chinacloudapi.cn");

  private static final Pattern EMULATED_ACCOUNT = Pattern.compile("^devstoreaccount1/");
  private static final Pattern NAME_WITH_GUID =
      Pattern.compile("(?<prefix>[^{}]+)\\{[0-9A-Fa-f-]{32,36}}.*", Pattern.DOTALL);

  private final String url;
  private final LinkParts parts;

  private SignedLink(String url) {
    this.url = url;
    this.parts = LinkParts.of(url);
  }

  /**
   * Why a link cannot be right.
   *
   * @param reason {@link Reason#LINK_TRUNCATED} or {@link Reason#LINK_MALFORMED}
   * @param message the rule, the fault and the way out; without any part of the link
   */
  public record Fault(Reason reason, String message) {}

  /**
   * {@return the link of a text}
   *
   * @param url any text
   */
  public static SignedLink of(String url) {
    return new SignedLink(url);
  }

  static boolean isStorage(String host) {
    return STORAGE_HOSTS.stream().anyMatch(pattern -> host.endsWith(pattern.substring(1)));
  }

  /** {@return the text byte for byte; a secret, not for logs} */
  public String url() {
    return url;
  }

  /** {@return the host in lower case, without port} */
  public Optional<String> host() {
    return notEmpty(parts.host());
  }

  /**
   * {@return the container, {@code dmf} in F&amp;O's links: the first folder of the path, or the
   * second if the first is the account of the storage emulator, {@code devstoreaccount1}}
   */
  public Optional<String> container() {
    String path = storagePath();
    return notEmpty(path.substring(0, Math.max(0, path.indexOf('/'))));
  }

  /** {@return the path below the container, decoded} */
  public Optional<String> blobName() {
    String path = storagePath();
    return notEmpty(path.substring(path.indexOf('/') + 1));
  }

  private String storagePath() {
    return isStorage(parts.host())
        ? parts.path()
        : EMULATED_ACCOUNT.matcher(parts.path()).replaceFirst("");
  }

  private static Optional<String> notEmpty(String text) {
    return Optional.of(text).filter(some -> !some.isEmpty());
  }

  /**
   * {@return the file's name: the last part of the path, decoded, without any folder separator;
   * {@code unnamed} if there is none. Foreign text, not safe as a path}
   */
  public String name() {
    String path = parts.path();
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return name.isBlank() ? "unnamed" : name;
  }

  /**
   * {@return how the entity's label begins: F&amp;O puts its first ten characters before the braces
   * of the name, such as {@code Customer g}. The whole label is the event's {@code EntityName}}
   */
  public Optional<String> entityPrefix() {
    Matcher name = NAME_WITH_GUID.matcher(name());
    return name.matches() ? Optional.of(name.group("prefix")) : Optional.empty();
  }

  /** {@return the format that the name tells} */
  public FileFormat format() {
    return FileFormat.ofName(name());
  }

  /** {@return when the link begins to work; F&amp;O says five minutes before it made the link} */
  public Optional<Instant> startsAt() {
    return parts.time("st");
  }

  /**
   * {@return when the link dies: its own expiry, or that of the key that signed it if the link
   * names one and it is earlier}
   */
  public Optional<Instant> expiresAt() {
    Optional<Instant> own = parts.time("se");
    Optional<Instant> ofKey = parts.time("ske");
    return ofKey.isPresent() && own.filter(ofKey.get()::isAfter).isEmpty() ? ofKey : own;
  }

  /**
   * {@return how long the link will work; zero when it is over; empty if it has no expiry}
   *
   * @param now the time to count from
   */
  public Optional<Duration> timeLeft(Instant now) {
    return expiresAt()
        .map(expiry -> expiry.isAfter(now) ? Duration.between(now, expiry) : Duration.ZERO);
  }

  /**
   * Tells why the link cannot be right.
   *
   * <p>Every link is an absolute http or https URL without user information. If its host is Azure
   * storage, or its query has {@code sig}, {@code se} or {@code sv}, it also has all that a shared
   * access signature needs, whole and readable: {@code sv}, {@code sr} ({@code ss} and {@code srt}
   * in an account's link), {@code sp} and {@code se} (or {@code si}, a stored policy), {@code sig}
   * of 32 bytes, and the six parameters {@code sk...} if any of them is there.
   *
   * <p>What is missing is called cut off, {@link Reason#LINK_TRUNCATED}, if the link is exactly as
   * long as a database field (255, 256, 1000 characters) or ends within a parameter or an escape;
   * otherwise {@link Reason#LINK_MALFORMED}. A link whose query was removed, as the ledger does
   * once its file is stored, is {@link Reason#LINK_MISSING}. A link without a fault may still be
   * refused by its host, or be over.
   *
   * @return the fault; empty if there is none
   */
  public Optional<Fault> fault() {
    return LinkRules.faultOf(url, parts);
  }

  /**
   * {@return this link}
   *
   * @throws FetchException if it has a fault; permanent, with the fault's reason and message
   */
  public SignedLink check() {
    fault().ifPresent(fault -> {
      throw FetchException.permanent(fault.reason(), fault.message());
    });
    return this;
  }

  /**
   * {@return the link to send a request to; what no URI may hold, such as a brace or a blank, and
   * what is no ASCII is percent-encoded as UTF-8, and all else is spelled as it is. A secret, not
   * for logs}
   *
   * @throws FetchException if it has a fault, see {@link #check}
   */
  public URI toUri() {
    check();
    return URI.create(LinkParts.escaped(url));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedLink link && url.equals(link.url);
  }

  @Override
  public int hashCode() {
    return url.hashCode();
  }

  /** {@return the link without its query and without user information before its host} */
  @Override
  public String toString() {
    int query = url.indexOf('?');
    return Redaction.of(query < 0 ? url : url.substring(0, query)) + (query < 0 ? "" : "?...");
  }
}
