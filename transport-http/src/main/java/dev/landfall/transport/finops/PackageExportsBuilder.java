package dev.landfall.transport.finops;

import dev.landfall.event.LegalEntity;
import dev.landfall.file.Sha256;
import dev.landfall.spi.Ledger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link PackageExports} needs to know. */
public final class PackageExportsBuilder {

  private static final Duration SYNCHRONOUS = Duration.ofMinutes(2);
  private static final Duration WINDOW = Duration.ofDays(2);

  private final FinopsEnvironment environment;
  private final String project;
  private String packageName;
  private String legalEntity = "";
  private @Nullable String entity;
  private @Nullable Duration interval;
  private Duration lookBack = Duration.ofDays(1);
  private Duration shortest = Duration.ofSeconds(2);
  private Duration longest = Duration.ofSeconds(30);
  private Duration grace = Duration.ofMinutes(5);
  private Duration giveUp = Duration.ofHours(6);
  private String startAction = "ExportToPackageAsync";
  private Duration patience = FinopsEnvironment.USUAL_ANSWER;
  private @Nullable ListedExecutions listing;
  private @Nullable Ledger ledger;
  private Clock clock = Clock.systemUTC();

  PackageExportsBuilder(FinopsEnvironment environment, String project) {
    if (project.isBlank()) {
      throw new IllegalArgumentException("A data project has a name; this one is blank.");
    }
    this.environment = environment;
    this.project = project;
    this.packageName = project + ".zip";
  }

  /**
   * Says which company is exported; by default that of the user whom F&amp;O maps the token to.
   *
   * @param company such as {@code usmf}
   * @return this
   * @throws IllegalArgumentException if it is none
   */
  public PackageExportsBuilder legalEntity(String company) {
    legalEntity = new LegalEntity(company).value();
    return this;
  }

  /**
   * Says which entity the project exports, if it is one; without it, the events have none.
   *
   * @param label such as {@code Customer groups}
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public PackageExportsBuilder entity(String label) {
    if (label.isBlank()) {
      throw new IllegalArgumentException("An entity's label is not blank.");
    }
    entity = label;
    return this;
  }

  /**
   * Starts an execution again and again; by default there is no schedule. The times are whole
   * multiples of the interval since 1970 in UTC: every hour is on the hour. The execution of the
   * present interval is started at once unless it was already. While one waits for those before it
   * to end, no other lines up behind it; what changes meanwhile is in the next incremental export.
   *
   * @param time from one start to the next, at least a second
   * @return this
   * @throws IllegalArgumentException if it is less
   */
  public PackageExportsBuilder every(Duration time) {
    if (time.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "Exports are started at least a second apart, not %s.".formatted(time));
    }
    interval = OneThread.bounded(time);
    return this;
  }

  /**
   * Says how old executions may be that are looked for after a restart, and taken from a list.
   *
   * @param time by default a day; F&amp;O keeps packages for seven. At most 100 executions of the
   *     schedule are looked for
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public PackageExportsBuilder lookBack(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("One looks back, not forward; %s is.".formatted(time));
    }
    lookBack = OneThread.bounded(time);
    return this;
  }

  /**
   * Says how often F&amp;O is asked for the status of an execution.
   *
   * @param first by default 2 s; doubled each time
   * @param most by default 30 s
   * @return this
   * @throws IllegalArgumentException if the first is not positive, or the other shorter
   */
  public PackageExportsBuilder interval(Duration first, Duration most) {
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
   * Says how long F&amp;O may not know an execution that it was told to start, after which it
   * counts as failed; six times as long if the call had no answer.
   *
   * @param time by default 5 minutes
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public PackageExportsBuilder grace(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("A grace is some time, not %s.".formatted(time));
    }
    grace = OneThread.bounded(time);
    return this;
  }

  /**
   * Says after how long an execution that does not end makes room for the next; its landing goes on
   * asking for the package as long as the retry policy says.
   *
   * @param time by default 6 hours
   * @return this
   * @throws IllegalArgumentException if it is not positive
   */
  public PackageExportsBuilder givingUpAfter(Duration time) {
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException("An execution takes some time, not %s.".formatted(time));
    }
    giveUp = OneThread.bounded(time);
    return this;
  }

  /**
   * Starts executions with {@code ExportToPackage}, for environments that have no
   * {@code ExportToPackageAsync}. F&amp;O may answer it only once the package is made; after 2
   * minutes the execution is asked for instead.
   *
   * @return this
   */
  public PackageExportsBuilder synchronously() {
    startAction = "ExportToPackage";
    patience = SYNCHRONOUS;
    return this;
  }

  /**
   * Says what F&amp;O calls the package.
   *
   * @param name by default the project's name and {@code .zip}
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public PackageExportsBuilder packageName(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A package has a name; this one is blank.");
    }
    packageName = name;
    return this;
  }

  /**
   * Takes executions of the project, too, that others have started: a sweep of a list that F&amp;O
   * offers over OData. By default none is swept.
   *
   * @param list where, see {@link ListedExecutions#in}
   * @return this
   */
  public PackageExportsBuilder listedIn(ListedExecutions list) {
    listing = list;
    return this;
  }

  /**
   * Takes of what others have started only what never arrived as an event: if a landing of the last
   * two days has a link to the same blob, nothing lands twice.
   *
   * @param compared has the landings of the other source; the one that this pipeline uses
   * @return this
   */
  public PackageExportsBuilder reconciling(Ledger compared) {
    ledger = compared;
    return this;
  }

  /**
   * Sets the clock.
   *
   * @param time by default the system's
   * @return this
   */
  public PackageExportsBuilder clock(Clock time) {
    clock = time;
    return this;
  }

  /** {@return the source} */
  public PackageExports build() {
    String company = legalEntity.isEmpty() ? null : legalEntity;
    LandedBefore landedBefore =
        ledger == null ? null : new LandedBefore(ledger, null, company, WINDOW, clock);
    return new PackageExports(new PackageSettings(
        environment,
        project,
        packageName,
        legalEntity,
        mark(),
        facts(),
        interval,
        lookBack,
        shortest,
        longest,
        grace,
        giveUp,
        startAction,
        patience,
        listing,
        landedBefore,
        clock));
  }

  /** What tells the executions of this project and company from others with the same times. */
  private String mark() {
    byte[] both = (project + "\n" + legalEntity).getBytes(StandardCharsets.UTF_8);
    return Sha256.of(both).hex().substring(0, 32).toUpperCase(Locale.ROOT);
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    if (entity != null) {
      facts.put("EntityName", entity);
    }
    if (!legalEntity.isEmpty()) {
      facts.put("LegalEntity", legalEntity);
      facts.put("BusinessEventLegalEntity", legalEntity);
    }
    facts.put("DefinitionGroupId", project);
    return facts;
  }
}
