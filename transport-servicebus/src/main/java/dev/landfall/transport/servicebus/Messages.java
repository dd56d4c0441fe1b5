package dev.landfall.transport.servicebus;

import com.azure.core.amqp.models.AmqpMessageBody;
import com.azure.core.amqp.models.AmqpMessageBodyType;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import dev.landfall.event.Headers;
import dev.landfall.event.RawEvent;
import dev.landfall.spi.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What of a message is the event, and what stands beside it. */
final class Messages {

  private static final byte[] NOTHING = {};

  private Messages() {}

  static Delivery delivery(String source, Instant arrivedAt, ServiceBusReceivedMessage message) {
    return new Delivery(source, arrivedAt, body(message), headers(message));
  }

  /** A body is bytes, or with some senders a text; what is neither is read as an empty event. */
  static RawEvent body(ServiceBusReceivedMessage message) {
    return RawEvent.of(bytes(message));
  }

  private static byte[] bytes(ServiceBusReceivedMessage message) {
    AmqpMessageBody body = message.getRawAmqpMessage().getBody();
    if (body.getBodyType() == AmqpMessageBodyType.DATA) {
      return message.getBody().toBytes();
    }
    if (body.getBodyType() == AmqpMessageBodyType.VALUE) {
      return body.getValue() instanceof String text
          ? text.getBytes(StandardCharsets.UTF_8)
          : body.getValue() instanceof byte[] bytes ? bytes : NOTHING;
    }
    return NOTHING;
  }

  static Headers headers(ServiceBusReceivedMessage message) {
    Map<String, String> headers = new HashMap<>();
    message.getApplicationProperties().forEach((name, value) -> {
      if (value != null) {
        headers.put(name, String.valueOf(value));
      }
    });
    if (message.getContentType() != null) {
      headers.putIfAbsent("Content-Type", message.getContentType());
    }
    return Headers.of(headers);
  }
}
