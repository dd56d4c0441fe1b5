package dev.landfall.emulator.servicebus;

import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.message.Message;

/** The node {@code $cbs}, where clients put a token for each entity they use. */
final class TokenDesk extends RequestDesk {

  static final Address ADDRESS = new Address("", Address.Node.TOKENS);
  private static final int ACCEPTED = 202;
  private static final int UNAUTHORIZED = 401;

  private final Credentials credentials;
  private final FaultPlan faults;

  TokenDesk(Credentials credentials, FaultPlan faults) {
    super(ADDRESS);
    this.credentials = credentials;
    this.faults = faults;
  }

  @Override
  Answer answer(ClientConnection from, Message request) {
    String token = request.getBody() instanceof AmqpValue value ? "" + value.getValue() : "";
    if (faults.refusesTokens() || !credentials.signed(token)) {
      return answer(UNAUTHORIZED, "InvalidSignature: The token has an invalid signature.");
    }
    String audience = String.valueOf(AmqpMessages.properties(request).get("name"));
    from.access().grant(Address.parse(audience).owner());
    return answer(ACCEPTED, "Accepted");
  }

  private static Answer answer(int status, String description) {
    return new Answer(Map.of("status-code", status, "status-description", description), null);
  }
}
