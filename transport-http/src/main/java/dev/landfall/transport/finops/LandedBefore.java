package dev.landfall.transport.finops;

import dev.landfall.event.EventId;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Payload;
import dev.landfall.file.Sha256;
import dev.landfall.file.SignedLink;
import dev.landfall.json.EventReader;
import dev.landfall.spi.LandingQuery;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether an export has landed already, announced in another way and so under another id.
 *
 * <p>It is known again by the name of its blob where both ways tell one, else by its digest, among
 * the landings of its entity and company within a window.
 */
final class LandedBefore {

  private static final Logger LOG = LoggerFactory.getLogger(LandedBefore.class);
  private static final int MOST_COMPARED = 1_000;
  private static final int MOST_SEEN = 10_000;

  /** What is to be done with an export. */
  enum Verdict {
    /** It has never come in another way, or could not be landed that way. */
    MISSED,
    /** It has landed. */
    LANDED,
    /** It is too early to tell. */
    UNDECIDED
  }

  private final Ledger ledger;
  private final LandingQuery query;
  private final Duration window;
  private final Clock clock;
  private final EventReader reader = new EventReader();
  private final Map<String, Boolean> seen = Collections.synchronizedMap(new LinkedHashMap<>() {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > MOST_SEEN;
    }
  });

  LandedBefore(
      Ledger ledger,
      @Nullable String entity,
      @Nullable String legalEntity,
      Duration window,
      Clock clock) {
    this.ledger = ledger;
    LandingQuery all = LandingQuery.all();
    LandingQuery ofEntity = entity == null ? all : all.ofEntity(entity);
    this.query = legalEntity == null ? ofEntity : ofEntity.ofLegalEntity(legalEntity);
    this.window = window;
    this.clock = clock;
  }

  /** {@return what is to be done with a message of a recurring export} */
  Verdict verdict(Message message, FinopsEnvironment environment) {
    boolean isNew = seen.put(message.id(), true) == null;
    if (isNew && !message.wasDequeuedBefore()) {
      return Verdict.UNDECIDED;
    }
    String location = message.location().orElseThrow();
    return verdict(message.id(), blobIn(location), () -> environment.digest(location));
  }

  /**
   * {@return what is to be done with an export of which only the blob can be compared}
   *
   * @param id of the event by which it would land now
   * @param blob the name of its file in the storage, or a part that no other has; empty if unknown
   */
  Verdict verdict(String id, Optional<String> blob) {
    List<LandingReport> found = compared();
    return isKnown(found, id)
        ? Verdict.MISSED
        : blob.map(LandedBefore::comparable)
            .flatMap(name -> verdict(found, id, isOf(name)))
            .orElseGet(() -> missed(id));
  }

  private Verdict verdict(String id, Optional<String> blob, Supplier<Sha256> digest) {
    List<LandingReport> found = compared();
    if (isKnown(found, id)) {
      return Verdict.MISSED;
    }
    Optional<Verdict> byBlob = blob.flatMap(name -> verdict(found, id, isOf(name)));
    if (byBlob.isPresent() || found.isEmpty()) {
      return byBlob.orElseGet(() -> missed(id));
    }
    String hex = digest.get().hex();
    return verdict(
            found,
            id,
            event -> event.text(Settlement.Stored.DIGEST).filter(hex::equals).isPresent())
        .orElseGet(() -> found.stream().anyMatch(report -> report.state() == LandingState.PENDING)
            ? Verdict.UNDECIDED
            : missed(id));
  }

  private List<LandingReport> compared() {
    return ledger.find(query.since(clock.instant().minus(window)), MOST_COMPARED);
  }

  /** What was taken here once is taken again; the ledger answers for it. */
  private static boolean isKnown(List<LandingReport> found, String id) {
    EventId own = new EventId(id);
    return found.stream().anyMatch(report -> report.landing().id().event().equals(own));
  }

  /** Of the landings that are the same export, if there are any. */
  private Optional<Verdict> verdict(
      List<LandingReport> found, String id, Predicate<Payload> isSame) {
    List<LandingReport> same =
        found.stream().filter(report -> isSame.test(eventOf(report))).toList();
    if (same.isEmpty()) {
      return Optional.empty();
    }
    if (same.stream().allMatch(report -> report.state() == LandingState.PENDING)) {
      return Optional.of(Verdict.UNDECIDED);
    }
    return Optional.of(same.stream()
        .filter(report -> report.state() != LandingState.DEAD)
        .findFirst()
        .map(report -> {
          LOG.info("The export {} is known as {}.", id, report.landing().id());
          return report.state() == LandingState.PENDING ? Verdict.UNDECIDED : Verdict.LANDED;
        })
        .orElseGet(() -> missed(id)));
  }

  private static Verdict missed(String id) {
    LOG.warn("The export {} has not landed by an event; it is landed now.", id);
    return Verdict.MISSED;
  }

  private Payload eventOf(LandingReport report) {
    try {
      return reader.read(report.landing().body()).payload();
    } catch (MalformedEventException never) {
      return Payload.builder().build();
    }
  }

  /** Whether a link in an event leads to a blob of that name; F&amp;O writes GUIDs in any form. */
  private static Predicate<Payload> isOf(String blob) {
    return event -> event.names().stream()
        .flatMap(name -> event.text(name).stream())
        .filter(text -> text.startsWith("http"))
        .flatMap(link -> SignedLink.of(link).blobName().stream())
        .anyMatch(name -> comparable(name).contains(blob));
  }

  /** {@return the blob that the location of a recurring export names} */
  private static Optional<String> blobIn(String location) {
    int begin = location.indexOf("blob=");
    return begin < 0
        ? Optional.empty()
        : Optional.of(comparable(location.substring(begin + 5).replaceAll("&.*", "")))
            .filter(name -> name.length() == 32);
  }

  /** Without what is between the digits of a GUID, as names of blobs have it. */
  private static String comparable(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("%7b|%7d|[-{}]", "");
  }
}
