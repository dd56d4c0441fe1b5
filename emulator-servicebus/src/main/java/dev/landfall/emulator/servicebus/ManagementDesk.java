package dev.landfall.emulator.servicebus;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The node {@code $management} of an entity. What it can do stands in Azure's "AMQP 1.0 in Service
 * Bus: request-response-based operations".
 */
final class ManagementDesk extends RequestDesk {

  private static final System.Logger LOG = System.getLogger(ManagementDesk.class.getName());

  private final Schedule schedule;
  private final @Nullable MessageOperations messages;
  private final @Nullable SessionOperations sessions;

  ManagementDesk(Address address, Namespace namespace) {
    super(address);
    BusQueue queue = namespace.queue(address.entity());
    this.schedule = new Schedule(address.entity(), namespace);
    this.messages = queue == null ? null : new MessageOperations(queue, namespace);
    this.sessions = queue == null ? null : new SessionOperations(queue, namespace);
  }

  @Override
  Answer answer(ClientConnection from, Message request) {
    String operation = String.valueOf(AmqpMessages.properties(request).get("operation"));
    Outcome outcome;
    try {
      outcome = outcome(operation, arguments(request));
    } catch (ClassCastException | NullPointerException misshapen) {
      LOG.log(System.Logger.Level.DEBUG, "A request is not in the form it should be.", misshapen);
      outcome = Outcome.failed(400, "amqp:invalid-field", "Arguments of " + operation);
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("statusCode", outcome.status());
    properties.put("statusDescription", outcome.description());
    if (outcome.condition() != null) {
      properties.put("errorCondition", Symbol.valueOf(outcome.condition()));
    }
    return new Answer(properties, outcome.body());
  }

  private static Arguments arguments(Message request) {
    return new Arguments(
        request.getBody() instanceof AmqpValue value && value.getValue() instanceof Map<?, ?> map
            ? map
            : Map.of());
  }

  private Outcome outcome(String operation, Arguments arguments) {
    return switch (operation) {
      case "com.microsoft:schedule-message" -> schedule.add(arguments);
      case "com.microsoft:cancel-scheduled-message" -> schedule.cancel(arguments);
      default ->
        messages == null || sessions == null
            ? unknown(operation)
            : outcome(operation, arguments, messages, sessions);
    };
  }

  private static Outcome outcome(
      String operation,
      Arguments arguments,
      MessageOperations messages,
      SessionOperations sessions) {
    return switch (operation) {
      case "com.microsoft:renew-lock" -> messages.renewLocks(arguments);
      case "com.microsoft:peek-message" -> messages.peek(arguments);
      case "com.microsoft:receive-by-sequence-number" -> messages.receive(arguments);
      case "com.microsoft:update-disposition" -> messages.settle(arguments);
      case "com.microsoft:renew-session-lock" -> sessions.renewLock(arguments);
      case "com.microsoft:get-session-state" -> sessions.state(arguments);
      case "com.microsoft:set-session-state" -> sessions.setState(arguments);
      default -> unknown(operation);
    };
  }

  private static Outcome unknown(String operation) {
    return Outcome.failed(501, "amqp:not-implemented", operation + " is not known here.");
  }
}
