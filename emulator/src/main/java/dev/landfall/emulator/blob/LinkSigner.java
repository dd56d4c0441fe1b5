package dev.landfall.emulator.blob;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jetty.http.DateGenerator;

/**
 * Signs links as a storage account does and checks what comes back.
 *
 * <p>It follows "Create a service SAS" of the Azure Storage REST documentation for version
 * 2014-02-14, the version that F&amp;O's links carry.
 */
final class LinkSigner {

  private static final String VERSION = "2014-02-14";
  private static final String READ = "r";
  private static final String BLOB = "b";
  private static final String NOT_WELL_FORMED = "Signature fields not well formed.";

  private final String account;
  private final SecretKeySpec key;

  private LinkSigner(String account, byte[] key) {
    this.account = account;
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** {@return a signer with a name and key of its own} */
  static LinkSigner random() {
    var random = new SecureRandom();
    var name = new byte[6];
    var key = new byte[64];
    random.nextBytes(name);
    random.nextBytes(key);
    return new LinkSigner("d365fo" + HexFormat.of().formatHex(name), key);
  }

  /** {@return the query of a link, its parameters in the order F&amp;O has them} */
  String sign(String path, Instant start, Instant expiry) {
    String st = start.truncatedTo(ChronoUnit.SECONDS).toString();
    String se = expiry.truncatedTo(ChronoUnit.SECONDS).toString();
    var query = new LinkQuery(Map.of("sv", VERSION, "sr", BLOB, "st", st, "se", se, "sp", READ));
    return "sv=%s&sr=%s&sig=%s&st=%s&se=%s&sp=%s"
        .formatted(
            VERSION,
            BLOB,
            encoded(signature(stringToSign(query, path))),
            encoded(st),
            encoded(se),
            READ);
  }

  /** {@return why a request may not read the blob, or nothing if it may} */
  Optional<AzureError> refusal(String rawQuery, String path, Instant now) {
    Optional<LinkQuery> parsed = LinkQuery.parse(rawQuery);
    if (parsed.isEmpty()) {
      return Optional.of(AzureError.authenticationFailed(NOT_WELL_FORMED));
    }
    LinkQuery query = parsed.get();
    if (query.hasNoneOf("sv", "sr", "sig", "st", "se", "sp")) {
      return Optional.of(AzureError.NO_AUTHENTICATION_INFORMATION);
    }
    Optional<Instant> expiry = query.time("se");
    Optional<Instant> start = query.get("st").isEmpty() ? expiry : query.time("st");
    if (query.get("sig").isEmpty()
        || !query.get("sr").equals(BLOB)
        || start.isEmpty()
        || expiry.isEmpty()) {
      return Optional.of(AzureError.authenticationFailed(NOT_WELL_FORMED));
    }
    String text = stringToSign(query, path);
    if (!MessageDigest.isEqual(bytes(signature(text)), bytes(query.get("sig")))) {
      return Optional.of(AzureError.authenticationFailed(
          "Signature did not match. String to sign used was " + text));
    }
    return now.isBefore(start.get()) || !now.isBefore(expiry.get())
        ? Optional.of(AzureError.authenticationFailed(timeFrame(start.get(), expiry.get(), now)))
        : Optional.empty();
  }

  private static String timeFrame(Instant start, Instant expiry, Instant now) {
    return "Signature not valid in the specified time frame: Start [%s] - Expiry [%s] - Current [%s]"
        .formatted(
            DateGenerator.formatDate(start),
            DateGenerator.formatDate(expiry),
            DateGenerator.formatDate(now));
  }

  private String stringToSign(LinkQuery query, String path) {
    return String.join(
        "\n",
        query.get("sp"),
        query.get("st"),
        query.get("se"),
        "/" + account + path,
        query.get("si"),
        query.get("sv"),
        query.get("rscc"),
        query.get("rscd"),
        query.get("rsce"),
        query.get("rscl"),
        query.get("rsct"));
  }

  private String signature(String text) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      return Base64.getEncoder().encodeToString(mac.doFinal(bytes(text)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
