package dev.landfall.emulator.api;

import java.time.Duration;
import java.util.Set;

/**
 * How executions that are started from now on come to their end.
 *
 * <p>An execution goes on with each call that asks for its status: it is not found for some calls,
 * then {@code NotRun}, then {@code Executing}, and then it has ended. Behaviours are immutable;
 * every method gives another one.
 *
 * @param notFoundFor how many status calls fail at first, since the execution is not to be seen yet
 * @param notRunFor how many status calls after these tell {@code NotRun}
 * @param executingFor how many status calls after these tell {@code Executing}
 * @param urlEmptyFor how many calls for the package's URL are answered with an empty text after the
 *     execution has ended
 * @param nested whether values come as an object inside the object, as Microsoft's pages show
 * @param exportTakes how long the call itself takes, in real time; zero for a call that answers
 *     before the work is done
 * @param ending the status at the end
 * @param errors what {@code GetExecutionErrors} tells then, a JSON list
 */
public record PackageBehaviour(
    int notFoundFor,
    int notRunFor,
    int executingFor,
    int urlEmptyFor,
    boolean nested,
    Duration exportTakes,
    String ending,
    String errors) {

  private static final Set<String> ENDINGS =
      Set.of("Succeeded", "PartiallySucceeded", "Failed", "Canceled", "Unknown");

  /**
   * Checks its values.
   *
   * @param notFoundFor 0 or more
   * @param notRunFor 0 or more
   * @param executingFor 0 or more
   * @param urlEmptyFor 0 or more
   * @param nested either
   * @param exportTakes 0 or more
   * @param ending one of {@code Succeeded}, {@code PartiallySucceeded}, {@code Failed},
   *     {@code Canceled} and {@code Unknown}
   * @param errors any text
   * @throws IllegalArgumentException if a number or time is negative, or F&amp;O knows no such
   *     ending
   */
  public PackageBehaviour {
    if (notFoundFor < 0 || notRunFor < 0 || executingFor < 0 || urlEmptyFor < 0) {
      throw new IllegalArgumentException("An execution lets 0 calls or more pass, never fewer.");
    }
    if (exportTakes.isNegative()) {
      throw new IllegalArgumentException("A call takes 0 or more, not %s.".formatted(exportTakes));
    }
    if (!ENDINGS.contains(ending)) {
      throw new IllegalArgumentException(
          "An execution ends as one of %s, not as %s.".formatted(ENDINGS, ending));
    }
  }

  /** {@return an execution that is seen at work once, then succeeds without errors} */
  public static PackageBehaviour usual() {
    return new PackageBehaviour(0, 0, 1, 0, false, Duration.ZERO, "Succeeded", "[]");
  }

  /**
   * {@return this, with an execution that is not found at first}
   *
   * @param calls how many status calls fail
   */
  public PackageBehaviour notFoundFor(int calls) {
    return new PackageBehaviour(
        calls, notRunFor, executingFor, urlEmptyFor, nested, exportTakes, ending, errors);
  }

  /**
   * {@return this, with an execution that waits for its turn}
   *
   * @param calls how many status calls tell {@code NotRun}
   */
  public PackageBehaviour notRunFor(int calls) {
    return new PackageBehaviour(
        notFoundFor, calls, executingFor, urlEmptyFor, nested, exportTakes, ending, errors);
  }

  /**
   * {@return this, with an execution that takes longer}
   *
   * @param calls how many status calls tell {@code Executing}; the usual number is 1
   */
  public PackageBehaviour executingFor(int calls) {
    return new PackageBehaviour(
        notFoundFor, notRunFor, calls, urlEmptyFor, nested, exportTakes, ending, errors);
  }

  /**
   * {@return this, with a URL that comes late}
   *
   * @param calls how many calls for it are answered with an empty text after the end
   */
  public PackageBehaviour urlEmptyFor(int calls) {
    return new PackageBehaviour(
        notFoundFor, notRunFor, executingFor, calls, nested, exportTakes, ending, errors);
  }

  /** {@return this, with {@code "value":{"value":"..."}} instead of {@code "value":"..."}} */
  public PackageBehaviour nestedValues() {
    return new PackageBehaviour(
        notFoundFor, notRunFor, executingFor, urlEmptyFor, true, exportTakes, ending, errors);
  }

  /**
   * {@return this, with a call {@code ExportToPackage} that does the work itself: the execution is
   * there at once, and has ended when the call is answered at the latest}
   *
   * @param time how long the call takes, in real time
   */
  public PackageBehaviour synchronously(Duration time) {
    return new PackageBehaviour(
        notFoundFor, notRunFor, executingFor, urlEmptyFor, nested, time, ending, errors);
  }

  /**
   * {@return this, with another end}
   *
   * @param status {@code Succeeded}, {@code PartiallySucceeded}, {@code Failed}, {@code Canceled}
   *     or {@code Unknown}; only the first two have a package
   */
  public PackageBehaviour endingAs(String status) {
    return new PackageBehaviour(
        notFoundFor, notRunFor, executingFor, urlEmptyFor, nested, exportTakes, status, errors);
  }

  /**
   * {@return this, with errors to be asked for}
   *
   * @param json a list; F&amp;O itself often has {@code []} even for one that failed
   */
  public PackageBehaviour withErrors(String json) {
    return new PackageBehaviour(
        notFoundFor, notRunFor, executingFor, urlEmptyFor, nested, exportTakes, ending, json);
  }
}
