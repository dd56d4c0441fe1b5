package dev.landfall.event;

/**
 * What kind of event it is: the {@code BusinessEventId}, which is the X++ class name of the event
 * or a composed {@code Workflow_...} id.
 *
 * @param value the id as F&amp;O writes it, not blank; case matters
 */
public record EventType(String value) {

  /**
   * A data export has put one entity's file into blob storage.
   *
   * <p>Source: {@code munib00/MSYDN365FO-EventBasedIntegration}, class
   * {@code NAVAXDMFExportBusinessEvent}.
   */
  public static final EventType EXPORT = new EventType("NAVAXDMFExportBusinessEvent");

  /**
   * F&amp;O tries an endpoint that is being set up. It is acknowledged and reaches no route; an
   * endpoint that refuses it cannot be saved.
   */
  public static final EventType ENDPOINT_TEST = new EventType("BusinessEventsTestEndpointContract");

  /**
   * Checks an event type.
   *
   * @param value the id as F&amp;O writes it
   * @throws IllegalArgumentException if it is blank
   */
  public EventType {
    value = value.strip();
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "An event type is the BusinessEventId of the catalog and not blank.");
    }
  }

  /** {@return the value, without what a link in it would keep secret} */
  @Override
  public String toString() {
    return Redaction.of(value);
  }
}
