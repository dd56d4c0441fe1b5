package dev.landfall.download;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Turns any answer but 200 into the exception that names it, reading no more of its body than that
 * takes.
 *
 * <p>Source of the codes: Azure Storage, "Common REST API error codes". Azure answers 403
 * AuthenticationFailed both for a link whose time is over and for one that was changed; only the
 * element AuthenticationErrorDetail tells them apart, so the link's own expiry is asked first.
 */
final class Refusal {

  private static final int ENOUGH = 8 * 1024;

  private final int status;
  private final Duration retryAfter;
  private final FileReference reference;
  private final Instant now;
  private final String text;

  private Refusal(HttpAnswer answer, FileReference reference, Instant now)
      throws InterruptedException {
    this.status = answer.status();
    this.retryAfter =
        answer.header("Retry-After").map(value -> RetryAfter.of(value, now)).orElse(Duration.ZERO);
    this.reference = reference;
    this.now = now;
    this.text = beginningOf(answer);
  }

  /** {@return what an answer means that is not the file} */
  static FetchException of(HttpAnswer answer, FileReference reference, Instant now)
      throws InterruptedException {
    return new Refusal(answer, reference, now).explain();
  }

  /** To the end of it if it is short, so that the connection can be kept. */
  private static String beginningOf(HttpAnswer answer) throws InterruptedException {
    ByteBuffer beginning = ByteBuffer.allocate(ENOUGH);
    try {
      while (beginning.hasRemaining() && answer.read(beginning) >= 0) {
        // More is there than before.
      }
    } catch (IOException cutOff) {
      NetworkFault.throwIfInterrupt(cutOff);
    }
    return StandardCharsets.UTF_8.decode(beginning.flip()).toString();
  }

  private FetchException explain() {
    boolean overdue =
        reference.expiresAt().filter(expiry -> !expiry.isAfter(now)).isPresent();
    if (status == 403 && (overdue || text.contains("not valid in the specified time frame"))) {
      return expired(reference.expiresAt().orElse(now), now);
    }
    if (status == 404 || status == 410) {
      return FetchException.permanent(
          Reason.FILE_GONE,
          "There is no file behind %s (status %d); F&O deletes exported files after 7 days."
              .formatted(reference, status));
    }
    if (status == 408 || status == 429 || status >= 500) {
      return FetchException.passing(
              Reason.FILE_UNAVAILABLE,
              "The host of %s is busy or broken (status %d).".formatted(reference, status),
              null)
          .askingFor(retryAfter);
    }
    return FetchException.permanent(
        Reason.LINK_REFUSED,
        "The storage refuses %s (status %d%s); the link may be cut off or changed, or this machine may not read there."
            .formatted(
                reference, status, status / 100 == 3 ? ", a redirect, is not followed" : ""));
  }

  static FetchException expired(Instant expiry, Instant now) {
    return FetchException.permanent(
        Reason.LINK_EXPIRED,
        "The link died at %s, it is %s now; export the entity again, and if the export is incremental, with a full push."
            .formatted(expiry, now.truncatedTo(ChronoUnit.SECONDS)));
  }
}
