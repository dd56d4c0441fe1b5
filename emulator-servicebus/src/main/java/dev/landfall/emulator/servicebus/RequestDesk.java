package dev.landfall.emulator.servicebus;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/** A node that answers: requests come over one link, the answer goes over the one they name. */
abstract class RequestDesk implements Inbox {

  private static final int CREDIT = 500;

  private final Address address;

  RequestDesk(Address address) {
    this.address = address;
  }

  /** An answer; the body is null where the properties say it all. */
  record Answer(Map<String, Object> properties, @Nullable Object body) {}

  abstract Answer answer(ClientConnection from, Message request);

  void open(Receiver link) {
    link.open();
    link.flow(CREDIT);
  }

  @Override
  public void received(ClientConnection from, Delivery delivery, byte[] bytes) {
    Message request = AmqpMessages.decode(bytes);
    delivery.disposition(Accepted.getInstance());
    delivery.settle();
    ((Receiver) delivery.getLink()).flow(1);
    Answer answer = answer(from, request);
    Message reply = Proton.message();
    reply.setCorrelationId(request.getMessageId());
    reply.setApplicationProperties(new ApplicationProperties(answer.properties()));
    reply.setBody(new AmqpValue(answer.body()));
    from.links().stream()
        .filter(link -> address.equals(link.getContext())
            && link.getRemoteTarget() instanceof Target target
            && Objects.equals(target.getAddress(), request.getReplyTo()))
        .findFirst()
        .ifPresent(link -> send((Sender) link, AmqpMessages.encode(reply)));
  }

  private static void send(Sender link, byte[] bytes) {
    Delivery delivery =
        link.delivery(UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
    link.send(bytes, 0, bytes.length);
    delivery.settle();
    link.advance();
  }
}
