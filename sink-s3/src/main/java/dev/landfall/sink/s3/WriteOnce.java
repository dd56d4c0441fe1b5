package dev.landfall.sink.s3;

import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Stores a content under a key once: what is there with the same bytes is stored, and what is there
 * with others stays.
 *
 * <p>Servers that keep the condition {@code If-None-Match: *} decide by themselves. Whether one
 * does is found out by making the first small object a second time, which changes nothing but the
 * server's mind. As long as that is not known, and for large objects, of which some servers forget
 * it, there is a look before.
 */
final class WriteOnce {

  private static final long SMALL = 1 << 20;

  /** What is known of the server. */
  private enum Condition {
    UNKNOWN,
    KEPT,
    FORGOTTEN
  }

  private final Bucket bucket;
  private final PartedUploads uploads;
  private volatile Condition condition = Condition.UNKNOWN;

  WriteOnce(Bucket bucket, PartedUploads uploads) {
    this.bucket = bucket;
    this.uploads = uploads;
  }

  /** {@return the length of the object that is there now} */
  long store(String key, Content content, Map<String, String> labels)
      throws IOException, InterruptedException {
    boolean inParts = content.length() > uploads.partSize();
    if (inParts || condition != Condition.KEPT) {
      Optional<StoredObject> before = bucket.find(key, false);
      if (before.isPresent()) {
        return sameLength(key, before.get(), content, labels);
      }
    }
    Outcome outcome =
        inParts ? uploads.store(key, content, labels) : bucket.put(key, content, labels);
    if (outcome == Outcome.TAKEN) {
      StoredObject other = bucket
          .find(key, true)
          .orElseThrow(() -> SinkException.unavailable(
              "%s was there, and is gone.".formatted(bucket.address(key)), null));
      return sameLength(key, other, content, labels);
    }
    if (outcome == Outcome.UNPROVEN) {
      prove(key, content);
    }
    if (condition == Condition.UNKNOWN && !inParts && content.length() <= SMALL) {
      condition =
          bucket.put(key, content, labels) == Outcome.TAKEN ? Condition.KEPT : Condition.FORGOTTEN;
    }
    return content.length();
  }

  private void prove(String key, Content content) throws IOException, InterruptedException {
    if (!bucket.digest(key).equals(content.sha256())) {
      bucket.remove(key);
      throw SinkException.unavailable(
          "What the server had of %s was not what was sent. It is removed, and tried again."
              .formatted(bucket.address(key)),
          null);
    }
  }

  private long sameLength(
      String key, StoredObject there, Content content, Map<String, String> labels)
      throws IOException, InterruptedException {
    if (!isSame(key, there, content, labels)) {
      throw SinkException.rejected(
          "An object is never overwritten: %s is there with other bytes. Give the sink a key that tells exports apart, such as one with {eventId}, or move the object away."
              .formatted(bucket.address(key)),
          null);
    }
    return there.length();
  }

  private boolean isSame(
      String key, StoredObject there, Content content, Map<String, String> labels)
      throws IOException, InterruptedException {
    boolean asLong = there.length() == content.length();
    String digest = there.labels().get(Labels.SHA256);
    if (digest != null) {
      // Compressed by another version, the same bytes may take another space.
      return digest.equals(labels.get(Labels.SHA256)) && (asLong || content.encoding() != null);
    }
    return asLong && bucket.digest(key).equals(content.sha256());
  }
}
