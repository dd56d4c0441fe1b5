package dev.landfall.transport.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpErrorContext;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.messaging.servicebus.ServiceBusErrorSource;
import com.azure.messaging.servicebus.ServiceBusException;
import dev.landfall.spi.SourceException;
import org.junit.jupiter.api.Test;

/** What is told of failures as Azure has them and the emulator has not. */
class FailuresTest {

  private static final Entity ENTITY = Entity.of(
      "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=a2V5",
      "session-events",
      null);

  private static String told(Throwable failure) {
    return Failures.toMend(ENTITY, false, failure)
        .map(SourceException::getMessage)
        .orElse("")
        .replace("The queue session-events cannot be received from. ", "");
  }

  private static ServiceBusException wrapped(Throwable cause) {
    return new ServiceBusException(cause, ServiceBusErrorSource.RECEIVE);
  }

  private static AmqpException unauthorized() {
    return new AmqpException(
        false,
        AmqpErrorCondition.UNAUTHORIZED_ACCESS,
        "Unauthorized access. 'Listen' claim(s) are required to perform this operation. Resource:"
            + " 'sb://x.servicebus.windows.net/session-events'.",
        new AmqpErrorContext("x"));
  }

  @Test
  void aMissingRightIsToldWhateverTheEntityIsCalled() {
    assertEquals(
        "The key, signature or token is not accepted there. It needs the right to listen on it, and must not have expired; nor may the namespace's network rules leave this machine out.",
        told(wrapped(unauthorized())));
    assertEquals(told(wrapped(unauthorized())), told(unauthorized()));
  }

  @Test
  void aCredentialThatGivesNoTokenIsTold() {
    assertEquals(
        "The credential gives no token. Check the identity that this process runs with.",
        told(wrapped(new ClientAuthenticationException("No managed identity.", null))));
  }

  @Test
  void whatMayPassIsNotForAPersonToMend() {
    assertEquals("", told(wrapped(new IllegalStateException("Connection refused."))));
  }
}
