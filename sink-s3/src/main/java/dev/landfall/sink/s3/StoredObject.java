package dev.landfall.sink.s3;

import dev.landfall.file.Sha256;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the server tells of an object that is there.
 *
 * @param length in bytes, as it lies there, or -1 if that is not told
 * @param etag without quotes; most servers make it of MD5
 * @param labels its user metadata; servers change the case of their names
 * @param sha256 its digest in base 64, if the server has it
 */
record StoredObject(
    long length,
    String etag,
    Map<String, String> labels,
    @Nullable String sha256) {

  static StoredObject of(
      @Nullable Long length,
      @Nullable String etag,
      Map<String, String> metadata,
      @Nullable String sha256) {
    Map<String, String> labels = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    labels.putAll(metadata);
    return new StoredObject(length == null ? -1 : length, tag(etag), labels, sha256);
  }

  /** {@return an entity tag as it is compared} */
  static String tag(@Nullable String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }

  /** {@return a digest as servers write it} */
  static String base64(Sha256 digest) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.hex()));
  }
}
