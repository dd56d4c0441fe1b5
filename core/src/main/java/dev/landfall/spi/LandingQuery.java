package dev.landfall.spi;

import dev.landfall.event.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which landings to find; what is null does not matter.
 *
 * @param route the route's name
 * @param state how far they are
 * @param entity the data entity, in any case
 * @param legalEntity the company, in any case
 * @param reason why they failed last
 * @param recordedFrom recorded at this time or later
 * @param recordedBefore recorded earlier than this
 */
public record LandingQuery(
    @Nullable String route,
    @Nullable LandingState state,
    @Nullable String entity,
    @Nullable String legalEntity,
    @Nullable Reason reason,
    @Nullable Instant recordedFrom,
    @Nullable Instant recordedBefore) {

  private static final LandingQuery ALL =
      new LandingQuery(null, null, null, null, null, null, null);

  /** {@return all landings} */
  public static LandingQuery all() {
    return ALL;
  }

  /** {@return all landings that need a person} */
  public static LandingQuery dead() {
    return ALL.in(LandingState.DEAD);
  }

  /**
   * {@return those of one route}
   *
   * @param name the route's name
   */
  public LandingQuery on(String name) {
    return new LandingQuery(name, state, entity, legalEntity, reason, recordedFrom, recordedBefore);
  }

  /**
   * {@return those that are so far}
   *
   * @param wanted the state
   */
  public LandingQuery in(LandingState wanted) {
    return new LandingQuery(
        route, wanted, entity, legalEntity, reason, recordedFrom, recordedBefore);
  }

  /**
   * {@return those of one data entity}
   *
   * @param label in any case
   */
  public LandingQuery ofEntity(String label) {
    return new LandingQuery(route, state, label, legalEntity, reason, recordedFrom, recordedBefore);
  }

  /**
   * {@return those of one company}
   *
   * @param company in any case
   */
  public LandingQuery ofLegalEntity(String company) {
    return new LandingQuery(route, state, entity, company, reason, recordedFrom, recordedBefore);
  }

  /**
   * {@return those that failed so the last time}
   *
   * @param wanted the reason
   */
  public LandingQuery because(Reason wanted) {
    return new LandingQuery(
        route, state, entity, legalEntity, wanted, recordedFrom, recordedBefore);
  }

  /**
   * {@return those recorded at a time or later}
   *
   * @param from the time
   */
  public LandingQuery since(Instant from) {
    return new LandingQuery(route, state, entity, legalEntity, reason, from, recordedBefore);
  }

  /**
   * {@return those recorded before a time}
   *
   * @param end the time
   */
  public LandingQuery before(Instant end) {
    return new LandingQuery(route, state, entity, legalEntity, reason, recordedFrom, end);
  }
}
