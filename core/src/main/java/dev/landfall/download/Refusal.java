package dev.landfall.download;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns any answer without a file into the exception that names it, reading no more of its body
 * than that takes.
 *
 * <p>Source of the codes: Azure Storage, "Common REST API error codes" and "Blob service error
 * codes". Azure answers 403 AuthenticationFailed both for a link whose time is over and for one
 * that was changed; only the element AuthenticationErrorDetail tells them apart, and not every
 * storage sends that, so the link's own expiry is asked first.
 */
final class Refusal {

  private static final int ENOUGH = 8 * 1024;

  /** What a storage that is busy is given at least, if it does not ask for more. */
  private static final Duration BUSY = Duration.ofSeconds(3);

  private static final Pattern CODE = Pattern.compile("<Code>(?<code>[A-Za-z0-9]{1,64})</Code>");

  private static final String OUT_OF_TIME = "not valid in the specified time frame";

  /** RFC 1123 dates in brackets. */
  private static final Pattern TIME_FRAME =
      Pattern.compile(OUT_OF_TIME + ": *Start \\[(?<start>[^]]{0,40})] - Expiry"
          + " \\[(?<expiry>[^]]{0,40})] - Current \\[(?<current>[^]]{0,40})]");

  /** What each code says that the status alone does not, and what to do about it. */
  private static final Map<String, String> ADVICE = Map.of(
      "AuthorizationPermissionMismatch", "the link does not permit reading",
      "AuthorizationSourceIPMismatch",
          "the link may be used from other addresses only, not from this machine's",
      "AuthorizationProtocolMismatch", "the link may be used over https only",
      "AuthorizationFailure",
          "a firewall of the storage account does not let this machine in, or the link was changed",
      "PublicAccessNotPermitted",
          "the storage sees no signature; the link was cut off, or its query is lost",
      "NoAuthenticationInformation",
          "the storage sees no signature; the link was cut off, or its query is lost",
      "AuthenticationFailed", "the signature does not fit; the link was cut off or changed");

  private final int status;
  private final Duration retryAfter;
  private final FileReference reference;
  private final Watch watch;
  private final String text;
  private final String code;

  private Refusal(HttpAnswer answer, FileReference reference, Watch watch)
      throws InterruptedException {
    this.status = answer.status();
    this.retryAfter = answer
        .header("Retry-After")
        .map(value -> RetryAfter.of(value, watch.now()))
        .orElse(Duration.ZERO);
    this.reference = reference;
    this.watch = watch;
    this.text = beginningOf(answer);
    this.code = answer
        .header("x-ms-error-code")
        .filter(told -> told.matches("[A-Za-z0-9]{1,64}"))
        .or(this::codeInText)
        .orElse("");
  }

  /** {@return what an answer means that is not the file} */
  static FetchException of(HttpAnswer answer, FileReference reference, Watch watch)
      throws InterruptedException {
    return new Refusal(answer, reference, watch).explain();
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

  private Optional<String> codeInText() {
    Matcher found = CODE.matcher(text);
    return found.find() ? Optional.of(found.group("code")) : Optional.empty();
  }

  private FetchException explain() {
    if (reference.token().isPresent() && (status / 100 == 3 || status == 401 || status == 403)) {
      return passing(
          "The token is not accepted for %s; its application must be registered in F&O and be allowed to read there"
              .formatted(reference));
    }
    if (status == 403) {
      return forbidden();
    }
    if (status == 404 || status == 410) {
      return missing();
    }
    if (status == 408 || status == 429 || status >= 500) {
      return unavailable();
    }
    return refused();
  }

  private FetchException forbidden() {
    Instant now = watch.now();
    if (code.equals("AccountIsDisabled")) {
      return passing("The storage account of %s is disabled".formatted(reference));
    }
    Optional<Instant> dead =
        reference.expiresAt().filter(expiry -> !expiry.isAfter(now)).or(this::deadByHost);
    if (dead.isPresent()) {
      return expired(dead.get(), now);
    }
    return notYetAlive()
        .map(wait -> passing(
                "The link of %s is alive in %d seconds only".formatted(reference, wait.toSeconds()))
            .askingFor(wait))
        .orElseGet(this::refused);
  }

  /** When the link died, if the host says that it has; its clock is not ours. */
  private Optional<Instant> deadByHost() {
    Optional<TimeFrame> frame = timeFrame();
    return frame.isEmpty() && text.contains(OUT_OF_TIME)
        ? Optional.of(reference.expiresAt().orElseGet(watch::now))
        : frame.filter(told -> !told.current.isBefore(told.expiry)).map(TimeFrame::expiry);
  }

  /** How long the link is not alive yet, if the host says so, or the link and not the host. */
  private Optional<Duration> notYetAlive() {
    Optional<TimeFrame> frame = timeFrame();
    Instant now = frame.map(TimeFrame::current).orElseGet(watch::now);
    return frame
        .map(TimeFrame::start)
        .or(() -> SignedLink.of(reference.url()).startsAt())
        .filter(now::isBefore)
        .map(start -> Duration.between(now, start));
  }

  private record TimeFrame(Instant start, Instant expiry, Instant current) {}

  private Optional<TimeFrame> timeFrame() {
    Matcher frame = TIME_FRAME.matcher(text);
    return frame.find()
        ? RetryAfter.date(frame.group("expiry"))
            .flatMap(expiry -> RetryAfter.date(frame.group("current"))
                .map(current -> new TimeFrame(
                    RetryAfter.date(frame.group("start")).orElse(Instant.MIN), expiry, current)))
        : Optional.empty();
  }

  /** A file may appear shortly after its event, and is deleted after 7 days. */
  private FetchException missing() {
    String message = "There is no file behind %s (%s).".formatted(reference, told());
    return reference.announcedAt().filter(watch::isGraceful).isPresent()
        ? FetchException.passing(
            Reason.FILE_GONE, message + " It was announced only just now and may appear.", null)
        : FetchException.permanent(
            Reason.FILE_GONE,
            message + " F&O deletes exported files after 7 days; a link that was cut off may look"
                + " like this, too.");
  }

  private FetchException unavailable() {
    boolean isBusy = status == 429 || status == 503;
    return passing("The host of %s is busy or broken".formatted(reference))
        .askingFor(isBusy && retryAfter.compareTo(BUSY) < 0 ? BUSY : retryAfter);
  }

  private FetchException passing(String what) {
    return FetchException.passing(
        Reason.FILE_UNAVAILABLE, "%s (%s).".formatted(what, told()), null);
  }

  private FetchException refused() {
    String advice = ADVICE.getOrDefault(
        code,
        status / 100 == 3
            ? "a redirect is not followed"
            : "the link may be cut off or changed, or this machine may not read there");
    return FetchException.permanent(
        Reason.LINK_REFUSED,
        "The storage refuses %s (%s): %s.".formatted(reference, told(), advice));
  }

  private String told() {
    return code.isEmpty() ? "status %d".formatted(status) : "status %d, %s".formatted(status, code);
  }

  static FetchException expired(Instant expiry, Instant now) {
    return FetchException.permanent(
        Reason.LINK_EXPIRED,
        "The link died at %s, it is %s now; export the entity again, and if the export is incremental, with a full push."
            .formatted(expiry, now.truncatedTo(ChronoUnit.SECONDS)));
  }
}
