package dev.landfall.emulator.servicebus;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/** Turns the messages of the public API into those of AMQP, and back. */
final class MessageMapper {

  private MessageMapper() {}

  static Message toAmqp(BusMessage message) {
    BusMessage.Heading heading = message.heading();
    Message content = Proton.message();
    content.setBody(new Data(new Binary(message.body())));
    if (heading.messageId() != null) {
      content.setMessageId(heading.messageId());
    }
    if (heading.sessionId() != null) {
      content.setGroupId(heading.sessionId());
    }
    if (heading.subject() != null) {
      content.setSubject(heading.subject());
    }
    if (heading.contentType() != null) {
      content.setContentType(heading.contentType());
    }
    if (heading.correlationId() != null) {
      content.setCorrelationId(heading.correlationId());
    }
    if (heading.timeToLive() != null) {
      content.setTtl(heading.timeToLive().toMillis());
    }
    if (heading.scheduledFor() != null) {
      AmqpMessages.schedule(content, heading.scheduledFor().toEpochMilli());
    }
    AmqpMessages.addProperties(content, message.properties());
    return content;
  }

  static BusMessage toPublic(QueuedMessage message, long now) {
    Message content = message.content;
    return new BusMessage(
        bytes(content.getBody()),
        AmqpMessages.properties(content),
        new BusMessage.Heading(
            text(content.getMessageId()),
            content.getGroupId(),
            content.getSubject(),
            content.getContentType(),
            text(content.getCorrelationId()),
            content.getTtl() > 0 ? Duration.ofMillis(content.getTtl()) : null,
            message.scheduledFor > 0 ? Instant.ofEpochMilli(message.scheduledFor) : null),
        new BusMessage.Standing(message.sequence, message.deliveryCount, message.state(now)));
  }

  private static @Nullable String text(@Nullable Object id) {
    return id == null ? null : id.toString();
  }

  private static byte[] bytes(@Nullable Section body) {
    if (body instanceof Data data) {
      return AmqpMessages.copy(data.getValue());
    }
    if (body instanceof AmqpValue value && value.getValue() instanceof Binary binary) {
      return AmqpMessages.copy(binary);
    }
    if (body instanceof AmqpValue value && value.getValue() != null) {
      return value.getValue().toString().getBytes(StandardCharsets.UTF_8);
    }
    return new byte[0];
  }
}
