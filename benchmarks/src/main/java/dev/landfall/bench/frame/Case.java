package dev.landfall.bench.frame;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One question that is put to several subjects in turn. */
public interface Case extends AutoCloseable {

  /** {@return what {@code ./bench} calls it; words with hyphens} */
  String name();

  /** {@return the question, in one line} */
  String description();

  /** {@return how many rounds count; one more is played before them to warm up} */
  int rounds();

  /**
   * Makes ready what all turns share. Called once, before the first round.
   *
   * @param folder empty; stays until the case is closed
   * @return those that take turns, in this order
   * @throws IOException if something that is needed is not there
   */
  List<Subject> subjects(Path folder) throws IOException;

  /** {@return which rates are set against each other} */
  List<Comparison> comparisons();

  /** Ends what {@link #subjects} began; nothing by default. */
  @Override
  default void close() {}
}
