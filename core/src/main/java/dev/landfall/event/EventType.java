package dev.landfall.event;

/**
 * What kind of event it is: the {@code BusinessEventId}, which is the X++ class name of the event
 * or a composed {@code Workflow_...} id.
 *
 * @param value the id as F&amp;O writes it, 1 to 512 characters without control characters; case
 *     matters
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

  private static final int LONGEST = 512;

  /**
   * Checks an event type.
   *
   * @param value the id as F&amp;O writes it; blanks around it are dropped
   * @throws IllegalArgumentException if nothing is left, if it is longer than 512 characters or
   *     holds a control character
   */
  public EventType {
    value =
        Names.checked("An event type, the BusinessEventId of the catalog,", value.strip(), LONGEST);
  }

  /** {@return the value, without what a link in it would keep secret} */
  @Override
  public String toString() {
    return Redaction.of(value);
  }
}
