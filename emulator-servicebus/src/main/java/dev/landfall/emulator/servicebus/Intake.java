package dev.landfall.emulator.servicebus;

import java.util.ArrayList;
import java.util.List;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Receiver;

/** Takes what clients send to one queue or topic. */
final class Intake implements Inbox {

  private static final int CREDIT = 500;

  /** What came in while the entity was stalled. */
  private record Held(ClientConnection from, Delivery delivery, List<byte[]> messages) {}

  private final String entity;
  private final Namespace namespace;
  private final FaultPlan faults;
  private final List<Held> held = new ArrayList<>();
  private final List<Receiver> withoutCredit = new ArrayList<>();

  Intake(String entity, Namespace namespace, FaultPlan faults) {
    this.entity = entity;
    this.namespace = namespace;
    this.faults = faults;
  }

  void open(Receiver link) {
    link.open();
    if (faults.isStalled(entity)) {
      withoutCredit.add(link);
    } else {
      link.flow(CREDIT);
    }
  }

  @Override
  public void received(ClientConnection from, Delivery delivery, byte[] bytes) {
    List<byte[]> messages = delivery.getMessageFormat() == AmqpMessages.BATCH
        ? AmqpMessages.unpack(bytes)
        : List.of(bytes);
    if (faults.isStalled(entity)) {
      held.add(new Held(from, delivery, messages));
    } else {
      take(delivery, messages);
    }
  }

  /** Makes good for what was left undone while the entity was stalled. */
  void resume() {
    withoutCredit.stream()
        .filter(link -> link.getRemoteState() == EndpointState.ACTIVE)
        .forEach(link -> link.flow(CREDIT));
    withoutCredit.clear();
    held.stream()
        .filter(each -> !each.from.isCut())
        .forEach(each -> take(each.delivery, each.messages));
    held.clear();
  }

  private void take(Delivery delivery, List<byte[]> messages) {
    delivery.disposition(decide(messages));
    delivery.settle();
    ((Receiver) delivery.getLink()).flow(1);
  }

  private DeliveryState decide(List<byte[]> messages) {
    if (faults.turnsAway(entity)) {
      return rejected(
          "com.microsoft:server-busy",
          "The request was terminated because the entity"
              + " is being throttled. Please wait 4 seconds and try again.");
    }
    for (byte[] message : messages) {
      if (namespace.lacksSession(entity, AmqpMessages.decode(message))) {
        return rejected(
            "amqp:not-allowed",
            "The SessionId was not set on a message, and it cannot"
                + " be sent to the entity. Entities that have session support enabled can only receive"
                + " messages that have the SessionId set to a valid value.");
      }
    }
    messages.forEach(message -> namespace.put(entity, message));
    return Accepted.getInstance();
  }

  private static Rejected rejected(String condition, String description) {
    Rejected rejected = new Rejected();
    rejected.setError(Links.error(condition, description));
    return rejected;
  }
}
