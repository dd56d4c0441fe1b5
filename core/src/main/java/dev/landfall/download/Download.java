package dev.landfall.download;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Fetches what is missing of one file over one link, and goes on where an answer breaks off. */
final class Download {

  /** An answer that brings less than this is followed by the wait of the retry policy. */
  private static final int WORTH_GOING_ON = 256 * 1024;

  private static final int MOST_BEGINNINGS = 4;

  private final HttpReader reader;
  private final FileReference reference;
  private final URI uri;
  private final PartWriter writer;
  private final Part part;
  private final Watch watch;
  private int beginnings;

  Download(HttpReader reader, FileReference reference, URI uri, PartWriter writer, Watch watch) {
    this.reader = reader;
    this.reference = reference;
    this.uri = uri;
    this.writer = writer;
    this.part = writer.part();
    this.watch = watch;
  }

  /**
   * Refuses a link that is dead by its own telling; when it has only just died its host decides.
   */
  static void requireAlive(FileReference reference, Instant now) {
    reference
        .expiresAt()
        .filter(expiry -> !expiry.plus(Watch.SKEW).isAfter(now))
        .ifPresent(expiry -> {
          throw Refusal.expired(expiry, now);
        });
  }

  /** Fetches all of it, or throws what keeps it from being whole; what came is kept. */
  Downloaded run() throws InterruptedException {
    boolean whole = false;
    while (!whole) {
      long begin = part.received();
      try (HttpAnswer answer = reader.get(uri, headers())) {
        whole = take(answer);
      } catch (IOException broken) {
        FetchException failure = NetworkFault.of(broken, uri.getHost(), part.received());
        if (!part.isWorthKeeping() || part.received() - begin < WORTH_GOING_ON) {
          throw failure;
        }
        requireAlive(reference, watch.now());
      }
    }
    return writer.finish();
  }

  /**
   * A signed link is followed without credentials; a token is asked for each time, it may be old.
   */
  private Map<String, String> headers() {
    Supplier<String> token = reference.token().orElse(null);
    if (token == null) {
      return Continuation.headers(part);
    }
    Map<String, String> headers = new HashMap<>(Continuation.headers(part));
    headers.put("Authorization", "Bearer " + token.get());
    return headers;
  }

  /** {@return whether the file is whole by this answer} */
  private boolean take(HttpAnswer answer) throws IOException, InterruptedException {
    return switch (Continuation.of(answer, part)) {
      case BEGINS -> {
        Version version = Version.of(answer);
        watch.requireSmallEnough(version.length());
        countBeginning();
        writer.begin(version);
        yield receive(answer);
      }
      case GOES_ON -> receive(answer);
      case IS_WHOLE -> true;
      case IS_RENAMED -> {
        countBeginning();
        part.learn(Version.of(answer));
        yield false;
      }
      case HAS_CHANGED -> {
        part.learn(part.version().untagged());
        yield false;
      }
      case IS_REFUSED -> throw Refusal.of(answer, reference, watch);
    };
  }

  private boolean receive(HttpAnswer answer) throws IOException, InterruptedException {
    new Reception(part, writer, watch).take(answer);
    return true;
  }

  /** A file that changes for ever, or a host that knows no ranges and cuts, is left for a while. */
  private void countBeginning() {
    if (beginnings++ == MOST_BEGINNINGS) {
      throw FetchException.passing(
          Reason.FILE_CHANGED,
          "A file stays the same while it is fetched; %s was begun %d times, because it changed or because its host breaks off and sends no parts."
              .formatted(reference, MOST_BEGINNINGS),
          null);
    }
  }
}
