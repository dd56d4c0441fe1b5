package dev.landfall.testkit.simulation;

import dev.landfall.spi.Ledger;
import dev.landfall.spi.Receiver;
import java.util.function.UnaryOperator;

/**
 * Bugs that are put between the engine and the world, to see that the laws catch them.
 *
 * @param ledger changes each instance's way to the ledger
 * @param receiver changes how each instance takes deliveries
 */
record Planted(UnaryOperator<Ledger> ledger, UnaryOperator<Receiver> receiver) {

  static Planted nothing() {
    return new Planted(UnaryOperator.identity(), UnaryOperator.identity());
  }
}
