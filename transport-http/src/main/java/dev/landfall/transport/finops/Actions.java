package dev.landfall.transport.finops;

import dev.landfall.event.Payload;
import dev.landfall.json.EventWriter;
import java.time.Duration;

/**
 * Calls the data management actions of an F&amp;O environment.
 *
 * <p>They are OData 4 actions: posted with a JSON object, answered with its member {@code value},
 * as a text or, as Microsoft's examples have it, as an object with a {@code value} of its own.
 */
final class Actions {

  private static final String ACTIONS =
      "/data/DataManagementDefinitionGroups/Microsoft.Dynamics.DataEntities.";

  private static final int MOST_BYTES = 64 * 1024;

  private final FinopsEnvironment environment;
  private final EventWriter writer = new EventWriter();

  Actions(FinopsEnvironment environment) {
    this.environment = environment;
  }

  /** {@return the text that an action answers with} */
  String call(String action, Payload arguments) {
    return value(action, ask(action, arguments, FinopsEnvironment.USUAL_ANSWER));
  }

  /** {@return what an action answers, be it a refusal} */
  FinopsAnswer ask(String action, Payload arguments, Duration patience) {
    return environment.post(
        title(action), ACTIONS + action, writer.write(arguments), patience, MOST_BYTES);
  }

  /** {@return the text in the answer of an action} */
  String value(String action, FinopsAnswer answer) {
    if (answer.status() != 200) {
      throw answer.refusal(title(action));
    }
    return answer
        .object()
        .flatMap(read -> read.text("value")
            .or(() -> read.nested("value").flatMap(nested -> nested.text("value"))))
        .orElseThrow(() -> FinopsAnswer.passing(
            "The action %s answers with a JSON object and its member value; this answer has none"
                .formatted(action),
            null));
  }

  static String title(String action) {
    return "the action " + action;
  }
}
