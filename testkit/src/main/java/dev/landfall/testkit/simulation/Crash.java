package dev.landfall.testkit.simulation;

import java.io.Serial;

/** Unwinds the threads of an instance that has ended; whoever goes on after it meets it again. */
final class Crash extends Error {

  @Serial
  private static final long serialVersionUID = 1;

  Crash() {
    super("The instance has ended.", null, false, false);
  }
}
