package dev.landfall.sink.s3;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** An object that is being made of parts, which may come in any order, from several threads. */
final class Upload {

  private final String key;
  private final String id;
  private final Content content;
  private final Map<String, String> labels;
  private final boolean ofTheWhole;
  private final Map<Integer, SentPart> parts = new ConcurrentSkipListMap<>();
  private volatile boolean completed;

  Upload(String key, String id, Content content, Map<String, String> labels, boolean ofTheWhole) {
    this.key = key;
    this.id = id;
    this.content = content;
    this.labels = labels;
    this.ofTheWhole = ofTheWhole;
  }

  String key() {
    return key;
  }

  /** {@return what the server calls it} */
  String id() {
    return id;
  }

  /** {@return whether the server compares the checksum of the whole object} */
  boolean ofTheWhole() {
    return ofTheWhole;
  }

  /** {@return whether it makes the very object that is wanted} */
  boolean makes(Content wanted, Map<String, String> wantedLabels) {
    return content.sha256().equals(wanted.sha256()) && labels.equals(wantedLabels);
  }

  boolean has(Part part) {
    return parts.containsKey(part.number());
  }

  void add(SentPart part) {
    parts.put(part.number(), part);
  }

  /** {@return those that the server has, in order} */
  Collection<SentPart> parts() {
    return parts.values();
  }

  /** The server has made the object. */
  void complete() {
    completed = true;
  }

  boolean isCompleted() {
    return completed;
  }

  /** {@return the checksum of the object, if the server told those of all its parts} */
  Optional<Crc32> checksum() {
    Crc32 whole = Crc32.OF_NOTHING;
    for (SentPart part : parts.values()) {
      if (part.checksum() == null) {
        return Optional.empty();
      }
      whole = whole.then(part.checksum());
    }
    return Optional.of(whole);
  }

  /**
   * {@return whether the server told of every part what it should, or of the object}
   *
   * @param etag of the object
   */
  boolean isProvenBy(String etag) {
    if (checksum().isPresent()) {
      return true;
    }
    List<String> digests =
        parts.values().stream().map(SentPart::md5).flatMap(Stream::ofNullable).toList();
    return digests.size() == parts.size() && etag.equals(tag(digests));
  }

  /**
   * {@return the entity tag that most servers give an object of several parts}
   *
   * @param digests the MD5 of each in hexadecimal
   */
  static String tag(List<String> digests) {
    MessageDigest all = Part.newMd5();
    digests.forEach(digest -> all.update(HexFormat.of().parseHex(digest)));
    return HexFormat.of().formatHex(all.digest()) + "-" + digests.size();
  }
}
