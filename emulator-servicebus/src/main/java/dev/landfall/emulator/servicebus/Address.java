package dev.landfall.emulator.servicebus;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a link points at.
 *
 * @param entity the path of a queue, topic, subscription or dead-letter queue in lower case; empty
 *     for the node of tokens
 * @param node which door of it
 */
record Address(String entity, Node node) {

  private static final String TOKENS = "$cbs";
  private static final String MANAGEMENT = "/$management";
  private static final String DEAD_LETTERS = "/$deadletterqueue";

  /** The doors of a namespace. */
  enum Node {
    /** Where tokens are put. */
    TOKENS,
    /** Where locks are renewed, messages peeked at, and the like. */
    MANAGEMENT,
    /** Where messages go in and out. */
    MESSAGES
  }

  /** {@return the address}, which may be a path or a whole URI, as tokens have it */
  static Address parse(@Nullable String text) {
    String path = key(text == null ? "" : text);
    if (path.equals(TOKENS)) {
      return new Address("", Node.TOKENS);
    }
    if (path.endsWith(MANAGEMENT)) {
      return new Address(path.substring(0, path.length() - MANAGEMENT.length()), Node.MANAGEMENT);
    }
    return new Address(path, Node.MESSAGES);
  }

  /** {@return the name under which an entity is kept} Names differ by more than case. */
  static String key(String name) {
    String path = name;
    if (path.startsWith("amqp:") || path.startsWith("amqps:") || path.startsWith("sb:")) {
      path = String.valueOf(URI.create(path).getPath());
    }
    return (path.startsWith("/") ? path.substring(1) : path).toLowerCase(Locale.ROOT);
  }

  static String subscription(String topic, String name) {
    return topic + "/Subscriptions/" + name;
  }

  static String deadLetters(String entity) {
    return entity + "/$DeadLetterQueue";
  }

  /** {@return the entity whose rights are needed} Dead letters are read with those of the queue. */
  String owner() {
    return entity.endsWith(DEAD_LETTERS)
        ? entity.substring(0, entity.length() - DEAD_LETTERS.length())
        : entity;
  }
}
