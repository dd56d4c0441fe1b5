package dev.landfall.bench.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Lets the subjects of a case take turns, A B C A B C, so that a slow minute of the machine hits
 * all of them.
 */
public final class Rounds {

  private Rounds() {}

  /**
   * Plays one round to warm up and then those that count.
   *
   * <p>What a turn leaves on disk is removed at the end of all: some file systems take long to make
   * files where many were removed just before, and the next turn would pay for it.
   *
   * @param played closed at the end
   * @param folder where turns work; must exist
   * @param progress hears a line for each turn
   * @return what was measured
   * @throws IOException if a turn failed; names the subject
   * @throws InterruptedException if the thread is interrupted
   */
  public static Outcome play(Case played, Path folder, Consumer<String> progress)
      throws IOException, InterruptedException {
    try (Workplace shared = Workplace.in(folder);
        Workplace turns = Workplace.in(folder);
        played) {
      List<Subject> subjects = played.subjects(shared.folder());
      List<Round> rounds = new ArrayList<>();
      for (int number = 0; number <= played.rounds(); number++) {
        String label =
            number == 0 ? "warm-up" : "round %d of %d".formatted(number, played.rounds());
        Round round = round(subjects, turns.folder(), line -> progress.accept(label + ", " + line));
        if (number > 0) {
          rounds.add(round);
        }
      }
      return new Outcome(played.name(), rounds, played.comparisons());
    }
  }

  private static Round round(List<Subject> subjects, Path folder, Consumer<String> progress)
      throws IOException, InterruptedException {
    Map<String, Measured> turns = new LinkedHashMap<>();
    for (Subject subject : subjects) {
      try {
        Path own = Files.createTempDirectory(folder, "turn-");
        Measured measured = subject.turn().take(own);
        turns.put(subject.name(), measured);
        progress.accept(subject.name() + ": " + inOneLine(measured));
      } catch (IOException failure) {
        throw new IOException(
            "The turn of %s failed: %s".formatted(subject.name(), failure.getMessage()), failure);
      }
    }
    return new Round(turns);
  }

  private static String inOneLine(Measured measured) {
    return measured.values().entrySet().stream()
        .map(entry -> "%s %s %s"
            .formatted(
                entry.getKey().name(),
                Figures.text(entry.getValue()),
                entry.getKey().unit()))
        .collect(Collectors.joining(", "));
  }

  /** A folder that goes with what was done in it. */
  private record Workplace(Path folder) implements AutoCloseable {

    static Workplace in(Path parent) throws IOException {
      return new Workplace(Files.createTempDirectory(parent, "work-"));
    }

    @Override
    public void close() throws IOException {
      Folders.remove(folder);
    }
  }
}
