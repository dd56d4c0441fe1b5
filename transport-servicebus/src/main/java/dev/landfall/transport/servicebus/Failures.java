package dev.landfall.transport.servicebus;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import dev.landfall.spi.SourceException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the broker's refusals mean for whoever set the source up. */
final class Failures {

  private static final Map<ServiceBusFailureReason, String> TO_MEND = Map.of(
      ServiceBusFailureReason.UNAUTHORIZED,
          "The key, signature or token is not accepted there. It needs the right to listen on it, and must not have expired; nor may the namespace's network rules leave this machine out.",
      ServiceBusFailureReason.MESSAGING_ENTITY_NOT_FOUND,
          "There is no such entity in the namespace. Create it, or name another.",
      ServiceBusFailureReason.MESSAGING_ENTITY_DISABLED, "It is disabled. Enable it.");

  private Failures() {}

  /**
   * {@return what a person must change, if trying again cannot help}
   *
   * @param sessions whether it was tried with sessions
   */
  static Optional<SourceException> toMend(Entity entity, boolean sessions, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> advice = advice(cause, sessions);
      if (advice.isPresent()) {
        return Optional.of(new SourceException(
            "The %s cannot be received from. %s".formatted(entity, advice.get()), null));
      }
    }
    return Optional.empty();
  }

  /** The broker tells the wrong form in words only, in which an entity's name may stand, too. */
  private static Optional<String> advice(Throwable cause, boolean sessions) {
    if (cause instanceof ClientAuthenticationException) {
      return Optional.of(
          "The credential gives no token. Check the identity that this process runs with.");
    }
    if (cause instanceof ServiceBusException told && TO_MEND.containsKey(told.getReason())) {
      return Optional.ofNullable(TO_MEND.get(told.getReason()));
    }
    if (cause instanceof AmqpException told
        && AmqpErrorCondition.UNAUTHORIZED_ACCESS.equals(told.getErrorCondition())) {
      return Optional.ofNullable(TO_MEND.get(ServiceBusFailureReason.UNAUTHORIZED));
    }
    String words = cause.getMessage() == null ? "" : cause.getMessage().toLowerCase(Locale.ROOT);
    if (words.contains("sessionful")) {
      return Optional.of(
          sessions
              ? "It has no sessions. Leave out sessions(..)."
              : "It has sessions. Say so with sessions(..), or use an entity without them.");
    }
    return Optional.empty();
  }
}
