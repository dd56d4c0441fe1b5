package dev.landfall.sink.s3;

import dev.landfall.file.KeyTemplate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Ends uploads that nobody will complete: a process died over them, and S3 keeps and charges for
 * their parts until someone does.
 *
 * <p>An upload has no labels that could be read, so ours are told by their keys, which have the
 * form that the sink's template makes, and by their age. Where that form begins with a word, keys
 * of others may have it too, so nothing is ended there without being asked for.
 */
final class Strays {

  private static final Duration PERIOD = Duration.ofDays(1);

  private final Bucket bucket;
  private final PartedUploads uploads;
  private final KeyTemplate key;
  private final String suffix;
  private final Duration age;
  private final Clock clock;
  private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

  Strays(
      Bucket bucket,
      PartedUploads uploads,
      KeyTemplate key,
      String suffix,
      Duration age,
      Clock clock) {
    this.bucket = bucket;
    this.uploads = uploads;
    this.key = key;
    this.suffix = suffix;
    this.age = age;
    this.clock = clock;
  }

  /** Sweeps once a day; what is stored is stored, whatever comes of that. */
  void sweepIfDue() throws InterruptedException {
    Instant due = next.get();
    Instant now = clock.instant();
    if (!key.beginning().isEmpty()
        && !now.isBefore(due)
        && next.compareAndSet(due, now.plus(PERIOD))) {
      try {
        sweep();
      } catch (RuntimeException tomorrow) {
        // A server that does not let us is asked again the next day.
      }
    }
  }

  /** {@return how many were ended, 1,000 at most} */
  int sweep() throws InterruptedException {
    Instant youngest = clock.instant().minus(age);
    List<MultipartUpload> strays =
        bucket.uploads(key.beginning(), upload -> isStray(upload, youngest));
    for (MultipartUpload stray : strays) {
      bucket.abort(stray.key(), stray.uploadId());
    }
    return strays.size();
  }

  private boolean isStray(MultipartUpload upload, Instant youngest) {
    return isOurs(upload.key())
        && upload.initiated() != null
        && upload.initiated().isBefore(youngest)
        && !uploads.mayComplete(upload.uploadId());
  }

  private boolean isOurs(String name) {
    return name.endsWith(suffix) && key.fits(name.substring(0, name.length() - suffix.length()));
  }
}
