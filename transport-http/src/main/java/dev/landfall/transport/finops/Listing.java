package dev.landfall.transport.finops;

import dev.landfall.event.Payload;
import dev.landfall.file.FetchException;
import dev.landfall.transport.finops.Run.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps the list of executions that F&amp;O offers over OData, for those that nobody here has
 * begun.
 */
final class Listing {

  private static final Logger LOG = LoggerFactory.getLogger(Listing.class);
  private static final int MOST_PAGES = 100;
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private final String source;
  private final PackageSettings settings;
  private final ListedExecutions list;
  private final Runs runs;
  private final OneThread thread;

  Listing(
      String source, PackageSettings settings, ListedExecutions list, Runs runs, OneThread thread) {
    this.source = source;
    this.settings = settings;
    this.list = list;
    this.runs = runs;
    this.thread = thread;
  }

  /** Looks through all pages, and again after a while. */
  void sweep() {
    if (thread.isClosing()) {
      return;
    }
    Duration wait = list.every();
    try {
      String next = "/data/" + list.entity();
      for (int page = 0; page < MOST_PAGES && !next.isEmpty(); page++) {
        next = page(next);
      }
    } catch (FetchException failure) {
      LOG.warn("{}: {}", source, failure.getMessage());
      wait = failure.retryAfter().compareTo(wait) > 0 ? failure.retryAfter() : wait;
    } finally {
      thread.later(wait, this::sweep);
    }
  }

  /** {@return where the next page is, empty after the last} */
  private String page(String pathAndQuery) {
    String what = "the list of executions " + list.entity();
    FinopsAnswer answer = settings.environment().get(what, pathAndQuery, MOST_BYTES);
    if (answer.status() != 200) {
      throw answer.refusal(what);
    }
    Payload page = answer
        .object()
        .orElseThrow(() -> FinopsAnswer.passing(
            "A list over OData is a JSON object with a member value; this one is none", null));
    page.payloads("value").forEach(this::row);
    return page.text("@odata.nextLink").map(settings.environment()::page).orElse("");
  }

  private void row(Payload row) {
    boolean isOurs = row.text(list.projectMember())
        .filter(settings.project()::equalsIgnoreCase)
        .isPresent();
    Optional<Instant> begun = row.instant(list.timeMember());
    boolean isRecent = begun
        .map(at -> at.isAfter(settings.clock().instant().minus(settings.lookBack())))
        .orElse(true);
    if (isOurs && isRecent) {
      row.text(list.executionMember())
          .filter(id -> !id.isBlank())
          .ifPresent(
              id -> runs.add(new Run(id, begun.orElseGet(settings.clock()::instant), Kind.FOLLOW)));
    }
  }
}
