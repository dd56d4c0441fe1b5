package dev.landfall.testkit;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Headers;
import dev.landfall.event.RawEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A delivery and what is to be read out of it.
 *
 * @param form how the events are wrapped, such as {@code Event Grid, data as text}; for reports
 * @param body what arrives
 * @param headers what comes beside it
 * @param parts in the order of the delivery: the event, or nothing where a part has to be refused
 */
public record ExpectedDelivery(
    String form, RawEvent body, Headers headers, List<Optional<BusinessEvent>> parts) {

  private static final int SHOWN = 2_000;

  /**
   * Keeps a copy of the parts.
   *
   * @param form how the events are wrapped; for reports
   * @param body what arrives
   * @param headers what comes beside it
   * @param parts in the order of the delivery: the event, or nothing where a part has to be refused
   */
  public ExpectedDelivery {
    parts = List.copyOf(parts);
  }

  /** {@return the events, in the order of the delivery} */
  public List<BusinessEvent> events() {
    return parts.stream().flatMap(Optional::stream).toList();
  }

  /** {@return all of it, so that a report can be understood; it is made up and holds no secret} */
  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder(form);
    headers
        .names()
        .forEach(name -> shown
            .append("\n  ")
            .append(name)
            .append(": ")
            .append(headers.get(name).orElse("")));
    String text = new String(body.toByteArray(), StandardCharsets.UTF_8);
    return shown.append("\n  ").append(text, 0, Math.min(SHOWN, text.length())).toString();
  }
}
