package dev.landfall.transport.finops;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * The queue of one recurring export.
 *
 * <p>Source: Microsoft, "Recurring integrations"; {@code activityId} is written in braces there.
 */
final class Connector {

  private static final int MOST_BYTES = 64 * 1024;

  private final FinopsEnvironment environment;
  private final String activity;
  private final Clock clock;

  Connector(FinopsEnvironment environment, UUID activity, Clock clock) {
    this.environment = environment;
    this.activity = "%7B" + activity + "%7D";
    this.clock = clock;
  }

  /** {@return the next message; empty if nothing is ready} */
  Optional<Message> dequeue() {
    String what = "the next message of the recurring export";
    FinopsAnswer answer = environment.get(what, "/api/connector/dequeue/" + activity, MOST_BYTES);
    return switch (answer.status()) {
      case 204 -> Optional.empty();
      case 200 ->
        Optional.of(answer
            .object()
            .map(told -> new Message(told, clock.instant()))
            .orElseThrow(() -> FinopsAnswer.passing(
                "A message of a recurring export is a JSON object; this answer is none", null)));
      default -> throw answer.refusal(what);
    };
  }

  /** Says that the file of a message is stored, and that it need not be handed out again. */
  void acknowledge(Message message) {
    String what = "the acknowledgement of " + message;
    FinopsAnswer answer = environment.post(
        what,
        "/api/connector/ack/" + activity,
        message.body(),
        FinopsEnvironment.USUAL_ANSWER,
        MOST_BYTES);
    if (answer.status() / 100 != 2) {
      throw answer.refusal(what);
    }
  }
}
