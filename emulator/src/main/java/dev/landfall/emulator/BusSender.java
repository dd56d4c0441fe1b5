package dev.landfall.emulator;

import java.util.Map;

/**
 * Puts one message into a queue or topic, with whatever client the caller has.
 *
 * <p>A message counts as accepted when this returns. Throwing is a failed try like any other, and
 * so is not to return within the delivery timeout; the thread is interrupted then. It is called on
 * several threads at once, and once for each try.
 */
@FunctionalInterface
public interface BusSender {

  /**
   * Sends one message.
   *
   * @param body the event's JSON in UTF-8, which holds the link; a secret, not for logs. The array
   *     is the sender's own
   * @param properties the message's application properties, for subscriptions to filter by:
   *     {@code EventId}, {@code BusinessEventId}, {@code BusinessEventCategory} with the module's
   *     symbol, {@code LegalEntity} and {@code EventTime} in ISO 8601, each as text. What is empty
   *     is left out; the endpoint test event has neither category nor company. That F&amp;O adds
   *     properties for category, event and company is documented, but not what it calls them by
   *     default: these names are taken from an example of an extension in Microsoft's documentation
   *     and not verified, and neither is how their values are typed
   * @throws Exception if the message is not accepted; only its class is told, since a text may hold
   *     a secret
   */
  void send(byte[] body, Map<String, String> properties) throws Exception;
}
