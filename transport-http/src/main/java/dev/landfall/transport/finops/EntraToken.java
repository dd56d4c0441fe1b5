package dev.landfall.transport.finops;

import java.time.Duration;

/**
 * What Entra gave.
 *
 * @param value the token
 * @param lifetime counted from when it was asked for
 */
record EntraToken(String value, Duration lifetime) {

  @Override
  public String toString() {
    return "a token for " + lifetime;
  }
}
