package dev.landfall.bench.frame;

import java.nio.file.Path;
import java.util.List;

/** A case made of given subjects. */
public record Turns(String name, int rounds, List<Subject> subjects, List<Comparison> comparisons)
    implements Case {

  @Override
  public String description() {
    return "the case " + name;
  }

  @Override
  public List<Subject> subjects(Path folder) {
    return subjects;
  }
}
