package dev.landfall;

import dev.landfall.Replayer.Wish;
import dev.landfall.spi.LandingId;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A replay that is being said: which landings, to which sinks. Immutable; nothing happens before
 * {@link #run}.
 *
 * <p>By default a landing goes to those sinks of its route that do not have it. A landing whose
 * link has died, for which its route's locator has no fresh one and whose file is not in the spool,
 * is not tried; the outcome says so.
 */
public final class Replay {

  private static final int ALL_AT_ONCE = 10_000;

  private final Replayer replayer;
  private final IntFunction<List<LandingId>> landings;
  private final Wish wish;

  private Replay(Replayer replayer, IntFunction<List<LandingId>> landings, Wish wish) {
    this.replayer = replayer;
    this.landings = landings;
    this.wish = wish;
  }

  static Replay of(Replayer replayer, IntFunction<List<LandingId>> landings) {
    return new Replay(replayer, landings, new Wish(false, Set.of(), false));
  }

  /** {@return this replay, to every sink of the route, also to those that have it} */
  public Replay toAllSinks() {
    return new Replay(replayer, landings, new Wish(true, Set.of(), wish.regardless()));
  }

  /**
   * {@return this replay, to one sink even if that has it, besides those that do not}
   *
   * @param sink its name
   */
  public Replay toSink(String sink) {
    return new Replay(replayer, landings, new Wish(false, Set.of(sink), wish.regardless()));
  }

  /** {@return this replay, also of landings whose link is dead} They fail again as dead letters. */
  public Replay evenIfExpired() {
    return new Replay(replayer, landings, new Wish(wish.all(), wish.named(), true));
  }

  /**
   * {@return what would come of it, for each landing; nothing is done}
   *
   * @param most how many landings at most, 1 to 10,000
   */
  public List<Replayed> preview(int most) {
    return each(most, false);
  }

  /**
   * Replays.
   *
   * @param most how many landings at most, 1 to 10,000
   * @return what came of it, for each landing
   */
  public List<Replayed> run(int most) {
    return each(most, true);
  }

  private List<Replayed> each(int most, boolean inEarnest) {
    if (most < 1 || most > ALL_AT_ONCE) {
      throw new IllegalArgumentException(
          "From 1 to %d landings are replayed at once, not %d.".formatted(ALL_AT_ONCE, most));
    }
    return landings.apply(most).stream()
        .map(id -> replayer.replay(id, wish, inEarnest))
        .toList();
  }
}
