package dev.landfall.testkit.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened in one run, and which laws it broke. */
final class Trace {

  private static final Set<String> IDLE = Set.of("claims", "counts", "purges");

  private final List<Moment> moments = new ArrayList<>();
  private final Set<String> broken = new LinkedHashSet<>();
  private final List<Throwable> causes = new ArrayList<>();
  private final String root;

  /** Kept as it is, and written out only if somebody asks. */
  private record Moment(
      long at,
      String who,
      String actor,
      String what,
      @Nullable Object about) {

    String line() {
      return "%8.3f s  %-12s %-7s %s%s"
          .formatted(at / 1000.0, who, actor, what, about == null ? "" : " " + about);
    }
  }

  /**
   * Begins.
   *
   * @param root is not shown, as it differs from run to run
   */
  Trace(String root) {
    this.root = root;
  }

  void add(long at, Actor actor, String what, @Nullable Object about) {
    moments.add(new Moment(at, actor.owner.name, actor.name, what, about));
  }

  void add(long at, String who, String what, @Nullable Object about) {
    moments.add(new Moment(at, who, "", what, about));
  }

  /** A law was broken; it is told once. */
  void broken(String law) {
    broken.add(law.replace(root, "~"));
  }

  void cause(Throwable thrown) {
    causes.add(thrown);
  }

  boolean isBroken() {
    return !broken.isEmpty();
  }

  List<String> broken() {
    return List.copyOf(broken);
  }

  List<Throwable> causes() {
    return causes;
  }

  int steps() {
    return moments.size();
  }

  List<String> lines() {
    return lines(moments.stream());
  }

  /** {@return the last steps, without the looking for work that finds none} */
  List<String> lastLines(int most) {
    List<Moment> some = moments.stream().filter(it -> !IDLE.contains(it.what)).toList();
    return lines(some.stream().skip(Math.max(0, some.size() - most)));
  }

  private List<String> lines(Stream<Moment> some) {
    return some.map(it -> it.line().replace(root, "~")).toList();
  }
}
