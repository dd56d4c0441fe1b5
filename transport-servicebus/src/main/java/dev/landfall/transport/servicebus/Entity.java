package dev.landfall.transport.servicebus;

import com.azure.core.credential.TokenCredential;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusClientBuilder.ServiceBusReceiverClientBuilder;
import com.azure.messaging.servicebus.ServiceBusClientBuilder.ServiceBusSessionReceiverClientBuilder;
import com.azure.messaging.servicebus.models.ServiceBusReceiveMode;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A queue, or a subscription of a topic, and how it is reached.
 *
 * @param access makes a builder that has namespace and credential
 * @param path the queue or topic
 * @param subscription of the topic, or null for a queue
 */
record Entity(
    Supplier<ServiceBusClientBuilder> access,
    String path,
    @Nullable String subscription) {

  private static final Pattern NAMED = Pattern.compile("(?i)(?:^|;)EntityPath=([^;]*)");
  private static final Pattern HOST = Pattern.compile("[\\w-]+(\\.[\\w-]+)+");

  static Entity of(String connectionString, String path, @Nullable String subscription) {
    Matcher named = NAMED.matcher(connectionString);
    if (named.find() && !named.group(1).equalsIgnoreCase(path)) {
      throw new IllegalArgumentException(
          "The connection string is for the entity %s alone, and %s is asked for. Leave out its EntityPath, if its key has rights there, or take another."
              .formatted(named.group(1), path));
    }
    return checked(
        new Entity(
            () -> new ServiceBusClientBuilder().connectionString(connectionString),
            path,
            subscription),
        "A connection string has Endpoint, SharedAccessKeyName and SharedAccessKey, or SharedAccessSignature, each once and with a value; this one has not. Copy it whole from the namespace's shared access policies.");
  }

  static Entity of(
      String namespace, TokenCredential credential, String path, @Nullable String subscription) {
    if (!HOST.matcher(namespace).matches()) {
      throw new IllegalArgumentException(
          "A namespace is named such as contoso.servicebus.windows.net, not %s."
              .formatted(namespace));
    }
    return checked(
        new Entity(
            () -> new ServiceBusClientBuilder().credential(namespace, credential),
            path,
            subscription),
        "A namespace is named such as contoso.servicebus.windows.net.");
  }

  /** The client's own message is not passed on: it may quote the key. */
  private static Entity checked(Entity entity, String rule) {
    if (entity.path.isBlank() || (entity.subscription != null && entity.subscription.isBlank())) {
      throw new IllegalArgumentException(
          "A queue, topic or subscription has a name that is not blank.");
    }
    try {
      var unused = entity.access.get();
    } catch (IllegalArgumentException | NullPointerException refused) {
      throw new IllegalArgumentException(rule);
    }
    return entity;
  }

  /**
   * {@return a receiver to be}
   *
   * <p>By itself it takes no message before it is asked for, as a lock runs from when the broker
   * hands a message over; and it renews no lock, as it would go on to hold messages whose
   * completion it has lost.
   */
  ServiceBusReceiverClientBuilder receiver(int prefetch) {
    ServiceBusReceiverClientBuilder receiver = access
        .get()
        .receiver()
        .receiveMode(ServiceBusReceiveMode.PEEK_LOCK)
        .disableAutoComplete()
        .prefetchCount(prefetch)
        .maxAutoLockRenewDuration(Duration.ZERO);
    return subscription == null
        ? receiver.queueName(path)
        : receiver.topicName(path).subscriptionName(subscription);
  }

  /** {@return the same for one session after another} */
  ServiceBusSessionReceiverClientBuilder sessionReceiver(int prefetch) {
    ServiceBusSessionReceiverClientBuilder receiver = access
        .get()
        .sessionReceiver()
        .receiveMode(ServiceBusReceiveMode.PEEK_LOCK)
        .disableAutoComplete()
        .prefetchCount(prefetch)
        .maxAutoLockRenewDuration(Duration.ZERO);
    return subscription == null
        ? receiver.queueName(path)
        : receiver.topicName(path).subscriptionName(subscription);
  }

  @Override
  public String toString() {
    return subscription == null ? "queue " + path : "subscription " + path + "/" + subscription;
  }
}
