package dev.landfall.download;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Turns any answer but 200 into the exception that names it, reading no more of its body than that
 * takes.
 *
 * <p>Source of the codes: Azure Storage, "Common REST API error codes". Azure answers 403
 * AuthenticationFailed both for a link whose time is over and for one that was changed; only the
 * element AuthenticationErrorDetail tells them apart, so the link's own expiry is asked first.
 */
final class Refusal implements BodySubscriber<Downloaded> {

  private static final int ENOUGH = 8 * 1024;

  private final int status;
  private final Duration retryAfter;
  private final FileReference reference;
  private final Instant now;
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<Downloaded> result = new CompletableFuture<>();
  private @Nullable Subscription subscription;

  Refusal(ResponseInfo answer, FileReference reference, Instant now) {
    this.status = answer.statusCode();
    this.retryAfter = answer
        .headers()
        .firstValue("Retry-After")
        .map(value -> RetryAfter.of(value, now))
        .orElse(Duration.ZERO);
    this.reference = reference;
    this.now = now;
  }

  @Override
  public CompletionStage<Downloaded> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      text.append(StandardCharsets.UTF_8.decode(buffer));
    }
    if (text.length() > ENOUGH && subscription != null) {
      subscription.cancel();
      onComplete();
    }
  }

  @Override
  public void onError(Throwable cutOff) {
    onComplete();
  }

  @Override
  public void onComplete() {
    result.completeExceptionally(explain());
  }

  private FetchException explain() {
    boolean overdue =
        reference.expiresAt().filter(expiry -> !expiry.isAfter(now)).isPresent();
    if (status == 403 && (overdue || text.indexOf("not valid in the specified time frame") >= 0)) {
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
