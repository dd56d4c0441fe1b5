package dev.landfall.sink.s3;

import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stores a content under a key once: what is there with the same bytes is stored, and what is there
 * with others stays.
 *
 * <p>Servers that keep the condition {@code If-None-Match: *} decide by themselves. Whether one
 * does is found out by making the first small object a second time, which changes nothing but what
 * we know. As long as that is not known, and for large objects, of which some servers forget it,
 * there is a look before.
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
  private final ObjectMaker maker;
  private final PartedUploads uploads;
  private final AtomicBoolean probed = new AtomicBoolean();
  private volatile Condition condition = Condition.UNKNOWN;

  WriteOnce(Bucket bucket, ObjectMaker maker, PartedUploads uploads) {
    this.bucket = bucket;
    this.maker = maker;
    this.uploads = uploads;
  }

  /** {@return the length of the object that is there now} */
  long store(String key, Content content, Map<String, String> labels)
      throws IOException, InterruptedException {
    boolean inParts = uploads.cuts(content);
    if (inParts || condition != Condition.KEPT) {
      Optional<StoredObject> before = bucket.find(key, condition == Condition.FORGOTTEN);
      if (before.isPresent()) {
        uploads.forget(key);
        return lengthIfSame(key, before.get(), content, labels);
      }
    }
    Outcome outcome =
        inParts ? uploads.store(key, content, labels) : maker.put(key, content, labels);
    if (outcome == Outcome.NOT_MADE) {
      return lengthIfSame(key, required(key), content, labels);
    }
    if (outcome == Outcome.UNPROVEN) {
      requireThere(key, content);
    }
    if (!inParts && content.length() <= SMALL && probed.compareAndSet(false, true)) {
      condition = probe(key, content, labels);
    }
    return content.length();
  }

  /** What is stored stays stored, whatever the server says to being told so again. */
  private Condition probe(String key, Content content, Map<String, String> labels)
      throws IOException, InterruptedException {
    try {
      return maker.put(key, content, labels) == Outcome.NOT_MADE
          ? Condition.KEPT
          : Condition.FORGOTTEN;
    } catch (SinkException otherwise) {
      return Condition.FORGOTTEN;
    }
  }

  private StoredObject required(String key) throws InterruptedException {
    return bucket
        .find(key, true)
        .orElseThrow(() -> SinkException.unavailable(
            "The server did not make %s, and has none; all of it is sent again."
                .formatted(bucket.address(key)),
            null));
  }

  /**
   * The label tells which file an object was to be, since it is sent before the bytes; only a
   * checksum, or the bytes, tell that it is.
   */
  private long lengthIfSame(
      String key, StoredObject there, Content content, Map<String, String> labels)
      throws IOException, InterruptedException {
    String digest = there.labels().get(Labels.SHA256);
    boolean ours = digest != null && digest.equals(labels.get(Labels.SHA256));
    if (digest != null && !ours) {
      throw another(key);
    }
    if (!isProven(there, content)) {
      if (ours) {
        requireThere(key, content);
      } else if (!isThere(key, content)) {
        throw another(key);
      }
    }
    return there.length() < 0 ? content.length() : there.length();
  }

  private boolean isProven(StoredObject there, Content content) {
    if (there.sha256() != null) {
      return there.sha256().equals(StoredObject.base64(content.sha256()));
    }
    return there.length() == content.length() && there.etag().equals(uploads.tagOf(content));
  }

  private SinkException another(String key) {
    return SinkException.rejected(
        "An object is never overwritten: %s is there with other bytes. Give the sink a key that tells exports apart, such as one with {eventId}, or move the object away."
            .formatted(bucket.address(key)),
        null);
  }

  private void requireThere(String key, Content content) throws IOException, InterruptedException {
    if (!isThere(key, content)) {
      bucket.remove(key);
      throw SinkException.unavailable(
          "What the server had of %s was not what was sent. It is removed, and tried again."
              .formatted(bucket.address(key)),
          null);
    }
  }

  private boolean isThere(String key, Content content) throws IOException, InterruptedException {
    return bucket.read(key, content.encoding(), content::isIn);
  }
}
