package dev.landfall.ledger.jdbc;

import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Landing;
import dev.landfall.spi.Recorded;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The landings of one delivery, to be recorded with those of others at once. */
final class Recording implements Operation<List<Recorded>> {

  /**
   * A landing that comes in, with the keys that are computed before its turn to be written.
   *
   * @param landing as it came
   * @param digest its key
   * @param line the key of its line, or null
   * @param stream the number of its stream, or null if it has no control number
   */
  record Incoming(
      Landing landing,
      Digest digest,
      @Nullable Digest line,
      @Nullable Long stream) {

    static Incoming of(Landing landing) {
      EventFacts facts = landing.facts();
      String route = landing.id().route();
      return new Incoming(
          landing,
          Digest.ofLanding(landing.id()),
          landing.line() == null ? null : Digest.ofLine(route, landing.line()),
          facts.controlNumber() == null ? null : Digest.ofStream(route, facts));
    }
  }

  private final List<Incoming> landings;
  private @Nullable List<Recorded> answers;

  Recording(List<Landing> landings) {
    this.landings = landings.stream().map(Incoming::of).toList();
  }

  List<Incoming> landings() {
    return landings;
  }

  void answer(List<Recorded> recorded) {
    answers = recorded;
  }

  /** Does nothing if it was recorded together with others in the same transaction. */
  @Override
  public List<Recorded> run(Tables tables) throws SQLException {
    if (answers == null) {
      tables.intake().record(List.of(this));
    }
    return Objects.requireNonNull(answers, "the answers of the intake");
  }

  /** Forgets what was written, as it was undone. */
  void undone() {
    answers = null;
  }

  @Override
  public Collection<Digest> lines() {
    return landings.stream().map(Incoming::line).filter(Objects::nonNull).toList();
  }
}
