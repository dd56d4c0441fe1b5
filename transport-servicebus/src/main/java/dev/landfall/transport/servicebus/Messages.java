package dev.landfall.transport.servicebus;

import com.azure.core.amqp.models.AmqpMessageBody;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import dev.landfall.event.Headers;
import dev.landfall.event.RawEvent;
import dev.landfall.spi.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
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
    AmqpMessageBody body = message.getRawAmqpMessage().getBody();
    return RawEvent.of(
        switch (body.getBodyType()) {
          case DATA -> DataContract.unwrap(message.getBody().toBytes());
          case VALUE -> bytes(body.getValue());
          case SEQUENCE -> NOTHING;
        });
  }

  private static byte[] bytes(Object value) {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    return value instanceof byte[] bytes ? bytes : NOTHING;
  }

  static Headers headers(ServiceBusReceivedMessage message) {
    Map<String, String> headers = new HashMap<>();
    message.getApplicationProperties().forEach((name, value) -> {
      if (value != null) {
        headers.put(name, text(value));
      }
    });
    if (message.getContentType() != null) {
      headers.putIfAbsent("Content-Type", message.getContentType());
    }
    return Headers.of(headers);
  }

  private static String text(Object value) {
    return value instanceof Date date ? date.toInstant().toString() : String.valueOf(value);
  }
}
