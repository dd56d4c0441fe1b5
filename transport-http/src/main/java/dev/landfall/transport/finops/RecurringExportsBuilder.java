package dev.landfall.transport.finops;

import dev.landfall.event.LegalEntity;
import dev.landfall.spi.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link RecurringExports} needs to know. */
public final class RecurringExportsBuilder {

  static final String FILE_NAME = "FileName";

  private static final Duration WINDOW = Duration.ofDays(2);

  private final FinopsEnvironment environment;
  private final UUID activity;
  private @Nullable String entity;
  private @Nullable String legalEntity;
  private @Nullable String fileName;
  private @Nullable Ledger ledger;
  private Duration window = WINDOW;
  private Duration shortest = Duration.ofSeconds(5);
  private Duration longest = Duration.ofMinutes(5);
  private int mostUnderWay = 10;
  private Predicate<String> saysEmpty = words -> false;
  private Clock clock = Clock.systemUTC();

  RecurringExportsBuilder(FinopsEnvironment environment, UUID activity) {
    this.environment = environment;
    this.activity = activity;
  }

  /**
   * Says which entity is exported, which F&amp;O does not; without it, the events have none.
   *
   * @param label as the data project shows it, such as {@code Customer groups}
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public RecurringExportsBuilder entity(String label) {
    entity = notBlank("An entity's label", label);
    return this;
  }

  /**
   * Says which company is exported, which F&amp;O does not; without it, the events have none.
   *
   * @param company such as {@code usmf}
   * @return this
   * @throws IllegalArgumentException if it is none
   */
  public RecurringExportsBuilder legalEntity(String company) {
    legalEntity = new LegalEntity(company).value();
    return this;
  }

  /**
   * Says what the files are called, which F&amp;O does not; its ending tells the format to sinks
   * that go by it. By default the entity's label, or the activity id.
   *
   * @param name such as {@code Customer groups.csv}
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public RecurringExportsBuilder fileName(String name) {
    fileName = notBlank("A file's name", name);
    return this;
  }

  /**
   * Says how often F&amp;O is asked while it has nothing.
   *
   * @param first after the last message; by default 5 s. Doubled each time
   * @param most by default 5 minutes
   * @return this
   * @throws IllegalArgumentException if the first is not positive, or the other shorter
   */
  public RecurringExportsBuilder interval(Duration first, Duration most) {
    if (first.isZero() || first.isNegative() || most.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "F&O is asked after some time, and then ever more rarely; %s is no time, or %s is shorter."
              .formatted(first, most));
    }
    shortest = OneThread.bounded(first);
    longest = OneThread.bounded(most);
    return this;
  }

  /**
   * Says how many messages may wait for their files to be stored at once; by default 10. F&amp;O is
   * not asked for more until then.
   *
   * @param count at least 1
   * @return this
   * @throws IllegalArgumentException if it is less
   */
  public RecurringExportsBuilder atOnce(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "At least 1 message may be under way, not %d.".formatted(count));
    }
    mostUnderWay = count;
    return this;
  }

  /**
   * Says by which words of F&amp;O a run without a file had no records, and so nothing is wrong;
   * they are in the language of the job's user. By default none: what has no file and says why is a
   * dead letter, lest a failed upload goes unseen. A run without a file that says nothing is empty.
   *
   * @param words found anywhere in {@code FileDownLoadErrorMessage}, such as {@code (?i)no records}
   * @return this
   */
  public RecurringExportsBuilder emptyIfFinopsSays(Pattern words) {
    saysEmpty = words.asPredicate();
    return this;
  }

  /**
   * Takes only what never arrived as an event: a sweep behind another source of the same exports.
   *
   * <p>A message is looked at when F&amp;O hands it out the second time, after 30 minutes, so that
   * an event is first. If a landing of the same entity and company, recorded within two days, has
   * the same file, known by its name in the storage or by its digest, the message is acknowledged
   * and nothing lands twice. For the digest the file is read once more. As long as one of those
   * landings is pending, it is left for the next time.
   *
   * @param compared has the landings of the other source; the one that this pipeline uses
   * @return this
   */
  public RecurringExportsBuilder reconciling(Ledger compared) {
    ledger = compared;
    return this;
  }

  /**
   * Says which landings {@link #reconciling} compares.
   *
   * @param time recorded within this time before; by default 2 days
   * @return this
   * @throws IllegalArgumentException if it is not positive
   */
  public RecurringExportsBuilder reconciledWithin(Duration time) {
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException(
          "Landings are compared for some time, not for %s.".formatted(time));
    }
    window = OneThread.bounded(time);
    return this;
  }

  /**
   * Sets the clock.
   *
   * @param time by default the system's
   * @return this
   */
  public RecurringExportsBuilder clock(Clock time) {
    clock = time;
    return this;
  }

  private static String notBlank(String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " is not blank.");
    }
    return text;
  }

  /** What the events say that F&amp;O does not. */
  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    if (entity != null) {
      facts.put("EntityName", entity);
    }
    if (legalEntity != null) {
      facts.put("LegalEntity", legalEntity);
      facts.put("BusinessEventLegalEntity", legalEntity);
    }
    facts.put("ActivityId", activity.toString());
    facts.put(
        FILE_NAME, fileName != null ? fileName : entity != null ? entity : activity.toString());
    return facts;
  }

  /** {@return the source} */
  public RecurringExports build() {
    LandedBefore landedBefore =
        ledger == null ? null : new LandedBefore(ledger, entity, legalEntity, window, clock);
    return new RecurringExports(new RecurringSettings(
        environment,
        activity,
        facts(),
        shortest,
        longest,
        mostUnderWay,
        saysEmpty,
        landedBefore,
        clock));
  }
}
