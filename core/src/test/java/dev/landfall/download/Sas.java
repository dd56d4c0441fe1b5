package dev.landfall.download;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A link to a blob with a shared access signature, made as the owner of its account makes one.
 *
 * <p>Source: Azure Storage, "Create a service SAS" and "Create an account SAS", version 2020-12-06.
 *
 * @param origin scheme, host, port and account, for example
 *     {@code http://127.0.0.1:10000/devstoreaccount1}
 * @param blob container and name, not encoded
 * @param parameters all of the query but the signature, not encoded
 * @param key signs it, in base64
 */
record Sas(URI origin, String blob, Map<String, String> parameters, String key) {

  private static final String VERSION = "2020-12-06";

  /** What is signed of a link to a blob or a container, in this order. */
  private static final List<String> OF_A_BLOB = List.of(
      "sp",
      "st",
      "se",
      "<resource>",
      "si",
      "sip",
      "spr",
      "sv",
      "sr",
      "<snapshot>",
      "ses",
      "rscc",
      "rscd",
      "rsce",
      "rscl",
      "rsct");

  /** What is signed of a link that an account opens everything with, in this order. */
  private static final List<String> OF_AN_ACCOUNT =
      List.of("<account>", "sp", "ss", "srt", "st", "se", "sip", "spr", "sv", "ses", "<end>");

  /** A link that reads one blob. */
  static Sas ofBlob(URI origin, String blob, String key) {
    return new Sas(origin, blob, Map.of(), key)
        .with("sv", VERSION)
        .with("sr", "b")
        .with("sp", "r");
  }

  /** A link that reads one blob by a signature for all blobs of the account. */
  static Sas ofAccount(URI origin, String blob, String key) {
    return new Sas(origin, blob, Map.of(), key)
        .with("sv", VERSION)
        .with("ss", "b")
        .with("srt", "o")
        .with("sp", "r");
  }

  Sas with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new Sas(origin, blob, more, key);
  }

  Sas starting(Instant time) {
    return with("st", time.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  Sas expiring(Instant time) {
    return with("se", time.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  Sas signedBy(String anotherKey) {
    return new Sas(origin, blob, parameters, anotherKey);
  }

  /** The link, percent-encoded. */
  String url() {
    return address(origin, blob) + "?" + query();
  }

  /** The link with its path as a person would write it. */
  String urlWithPlainPath() {
    return origin + "/" + blob + "?" + query();
  }

  /** Where a blob is, or a container, without any signature. */
  static URI address(URI origin, String blob) {
    return URI.create(Arrays.stream(blob.split("/", -1))
        .map(Sas::encoded)
        .collect(Collectors.joining("/", origin + "/", "")));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String query() {
    return with("sig", signature()).parameters.entrySet().stream()
        .map(one -> one.getKey() + "=" + encoded(one.getValue()))
        .collect(Collectors.joining("&"));
  }

  private String signature() {
    String account = origin.getPath().substring(1);
    String container = blob.substring(0, blob.indexOf('/'));
    boolean isForContainer = "c".equals(parameters.get("sr"));
    Map<String, String> values = new LinkedHashMap<>(parameters);
    values.put("<account>", account);
    values.put("<resource>", "/blob/" + account + "/" + (isForContainer ? container : blob));
    return Azurite.hmac(
        key,
        (parameters.containsKey("ss") ? OF_AN_ACCOUNT : OF_A_BLOB)
            .stream().map(name -> values.getOrDefault(name, "")).collect(Collectors.joining("\n")));
  }
}
