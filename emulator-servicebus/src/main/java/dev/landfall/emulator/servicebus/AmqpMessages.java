package dev.landfall.emulator.servicebus;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.codec.AMQPDefinedTypes;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.EncoderImpl;
import org.apache.qpid.proton.message.Message;

/** Messages as AMQP carries them, with the annotations that Service Bus gives a meaning. */
final class AmqpMessages {

  /** The message format of several messages in one; its body is a row of encoded messages. */
  static final int BATCH = 0x80013700;

  private static final Symbol SEQUENCE_NUMBER = Symbol.valueOf("x-opt-sequence-number");
  private static final Symbol ENQUEUED_SEQUENCE_NUMBER =
      Symbol.valueOf("x-opt-enqueue-sequence-number");
  private static final Symbol ENQUEUED_TIME = Symbol.valueOf("x-opt-enqueued-time");
  private static final Symbol LOCKED_UNTIL = Symbol.valueOf("x-opt-locked-until");
  private static final Symbol STATE = Symbol.valueOf("x-opt-message-state");
  private static final Symbol SCHEDULED_FOR = Symbol.valueOf("x-opt-scheduled-enqueue-time");

  private static final int FIRST_GUESS = 4096;
  private static final int LONGEST = 1 << 28;

  private AmqpMessages() {}

  static Message decode(byte[] bytes) {
    Message message = Proton.message();
    message.decode(bytes, 0, bytes.length);
    return message;
  }

  static Message decode(Binary bytes) {
    Message message = Proton.message();
    message.decode(bytes.getArray(), bytes.getArrayOffset(), bytes.getLength());
    return message;
  }

  /** {@return the encoded messages of a batch} */
  static List<byte[]> unpack(byte[] batch) {
    DecoderImpl decoder = new DecoderImpl();
    AMQPDefinedTypes.registerAllTypes(decoder, new EncoderImpl(decoder));
    ByteBuffer rest = ByteBuffer.wrap(batch);
    decoder.setByteBuffer(rest);
    List<byte[]> messages = new ArrayList<>();
    while (rest.hasRemaining()) {
      if (decoder.readObject() instanceof Data data) {
        messages.add(copy(data.getValue()));
      }
    }
    return messages;
  }

  static byte[] copy(Binary bytes) {
    int start = bytes.getArrayOffset();
    return Arrays.copyOfRange(bytes.getArray(), start, start + bytes.getLength());
  }

  static byte[] encode(Message message) {
    for (int size = guess(message); size <= LONGEST; size *= 4) {
      try {
        byte[] bytes = new byte[size];
        return Arrays.copyOf(bytes, message.encode(bytes, 0, size));
      } catch (BufferOverflowException | IndexOutOfBoundsException tooSmall) {
        // The codec tells no length beforehand.
      }
    }
    throw new IllegalArgumentException("A message is longer than " + LONGEST + " bytes.");
  }

  private static int guess(Message message) {
    return message.getBody() instanceof Data data && data.getValue() != null
        ? data.getValue().getLength() + FIRST_GUESS
        : FIRST_GUESS;
  }

  /** {@return the bytes a receiver gets, with what the broker knows of the message} */
  static byte[] encode(QueuedMessage message, long now) {
    Message content = message.content;
    // Azure's SDK for Java throws a NullPointerException at a message without a header.
    Header header = content.getHeader() == null ? new Header() : content.getHeader();
    header.setDeliveryCount(UnsignedInteger.valueOf(message.deliveryCount));
    if (header.getDurable() == null) {
      header.setDurable(true);
    }
    content.setHeader(header);
    Map<Symbol, Object> annotations = annotations(content);
    annotations.put(SEQUENCE_NUMBER, message.sequence);
    annotations.put(ENQUEUED_SEQUENCE_NUMBER, message.sequence);
    annotations.put(ENQUEUED_TIME, AmqpTimes.of(message.enqueuedAt));
    annotations.put(STATE, stateCode(message, now));
    if (message.lock == null) {
      annotations.remove(LOCKED_UNTIL);
    } else {
      annotations.put(LOCKED_UNTIL, AmqpTimes.of(message.lockedUntil));
    }
    content.setMessageAnnotations(new MessageAnnotations(annotations));
    return encode(content);
  }

  private static int stateCode(QueuedMessage message, long now) {
    if (message.deferred) {
      return 1;
    }
    return message.scheduledFor > now ? 2 : 0;
  }

  private static Map<Symbol, Object> annotations(Message message) {
    MessageAnnotations annotations = message.getMessageAnnotations();
    return annotations == null ? new HashMap<>() : new HashMap<>(annotations.getValue());
  }

  /** {@return when the message can be received, or 0} */
  static long scheduledFor(Message message) {
    return annotations(message).get(SCHEDULED_FOR) instanceof Date date
        ? AmqpTimes.millis(date)
        : 0;
  }

  static void schedule(Message message, long time) {
    Map<Symbol, Object> annotations = annotations(message);
    annotations.put(SCHEDULED_FOR, AmqpTimes.of(time));
    message.setMessageAnnotations(new MessageAnnotations(annotations));
  }

  static Map<String, Object> properties(Message message) {
    ApplicationProperties properties = message.getApplicationProperties();
    return properties == null || properties.getValue() == null ? Map.of() : properties.getValue();
  }

  static void addProperties(Message message, Map<String, Object> more) {
    if (more.isEmpty()) {
      return;
    }
    Map<String, Object> all = new HashMap<>(properties(message));
    all.putAll(more);
    message.setApplicationProperties(new ApplicationProperties(all));
  }
}
