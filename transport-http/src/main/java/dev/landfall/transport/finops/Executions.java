package dev.landfall.transport.finops;

import dev.landfall.event.Payload;
import dev.landfall.event.Redaction;
import dev.landfall.file.FetchException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Starts executions of data projects, and asks how they are.
 *
 * <p>Source: Microsoft, "Data management package REST API".
 */
final class Executions {

  /** What F&amp;O says of an execution that it does not know, or not yet. */
  static final String NOT_FOUND = "NotFound";

  private static final String SUCCEEDED = "Succeeded";
  private static final String PARTIALLY = "PartiallySucceeded";
  private static final Set<String> ENDS =
      Set.of(SUCCEEDED, PARTIALLY, "Failed", "Canceled", NOT_FOUND);
  private static final Pattern UNKNOWN_EXECUTION =
      Pattern.compile("not (be )?found|does not exist", Pattern.CASE_INSENSITIVE);
  /** What stands before F&amp;O, or turns a caller away, says nothing of an execution. */
  private static final List<Integer> SAID_BY_THE_ACTION = List.of(400, 404, 409, 422, 500);

  private static final int MOST_ERRORS = 4_000;

  /** F&amp;O has not begun what it answers so; all else may have begun. */
  private static final List<Integer> TURNED_AWAY = List.of(400, 401, 403, 404, 405, 429);

  private final FinopsEnvironment environment;
  private final Actions actions;
  private final String startAction;
  private final Duration patience;

  /**
   * Creates it.
   *
   * @param environment is asked
   * @param startAction the action that starts an export
   * @param patience how long the answer to that may take
   */
  Executions(FinopsEnvironment environment, String startAction, Duration patience) {
    this.environment = environment;
    this.actions = new Actions(environment);
    this.startAction = startAction;
    this.patience = patience;
  }

  /**
   * What has come of the call that starts an export.
   *
   * @param mayRun false if nothing has come of it for sure
   * @param failure what was wrong; null for nothing
   */
  record Start(boolean mayRun, @Nullable FetchException failure) {}

  Start start(String project, String packageName, String execution, String legalEntity) {
    try {
      // A token that cannot be had later looks like a call without an answer.
      var unused = environment.token();
    } catch (FetchException failure) {
      return new Start(false, failure);
    }
    Payload arguments = Payload.builder()
        .with("definitionGroupId", project)
        .with("packageName", packageName)
        .with("executionId", execution)
        .with("reExecute", false)
        .with("legalEntityId", legalEntity)
        .build();
    try {
      FinopsAnswer answer = actions.ask(startAction, arguments, patience);
      if (answer.status() == 200) {
        return new Start(true, null);
      }
      boolean turnedAway = answer.status() / 100 == 3 || TURNED_AWAY.contains(answer.status());
      return new Start(!turnedAway, answer.refusal(Actions.title(startAction)));
    } catch (FetchException failure) {
      return new Start(!FinopsLine.isUnsent(failure), failure);
    }
  }

  /**
   * {@return the status of an execution, in F&amp;O's word, or {@link #NOT_FOUND}}
   *
   * @throws FetchException if F&amp;O cannot be asked now
   */
  String status(String execution) {
    String action = "GetExecutionSummaryStatus";
    FinopsAnswer answer = actions.ask(action, of(execution), FinopsEnvironment.USUAL_ANSWER);
    boolean unknown = SAID_BY_THE_ACTION.contains(answer.status())
        && answer.told().filter(told -> UNKNOWN_EXECUTION.matcher(told).find()).isPresent();
    return unknown ? NOT_FOUND : actions.value(action, answer);
  }

  /** {@return whether an execution with that status has ended; what is new to us has not} */
  static boolean isEnd(String status) {
    return ENDS.contains(status);
  }

  static boolean hasPackage(String status) {
    return status.equals(SUCCEEDED) || status.equals(PARTIALLY);
  }

  static boolean isWhole(String status) {
    return status.equals(SUCCEEDED);
  }

  /** {@return the link to the package; empty until it is ready} */
  String link(String execution) {
    return actions.call(PackageLinkLocator.ACTION, of(execution));
  }

  /** {@return F&amp;O's own error records, as text; free of secrets} */
  String errors(String execution) {
    String told = actions.call("GetExecutionErrors", of(execution));
    String plain = Redaction.of(told.strip());
    return plain.length() > MOST_ERRORS ? plain.substring(0, MOST_ERRORS) + "..." : plain;
  }

  private static Payload of(String execution) {
    return Payload.of(Map.of("executionId", execution));
  }
}
