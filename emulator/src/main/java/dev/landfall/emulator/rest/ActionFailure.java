package dev.landfall.emulator.rest;

import java.io.Serial;

/** An action of the package API that failed inside F&amp;O. */
final class ActionFailure extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1;

  ActionFailure(String message) {
    super(message);
  }

  static ActionFailure notFound(String executionId) {
    return new ActionFailure(
        "Execution details were not found for execution id: %s".formatted(executionId));
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
