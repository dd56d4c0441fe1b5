package dev.landfall.transport.http;

/** Settings of a {@link WebhookEndpoint}; not safe for several threads at once. */
public final class WebhookEndpointBuilder extends PostingBuilder<WebhookEndpointBuilder> {

  private final String name;

  WebhookEndpointBuilder(String name) {
    require(!name.isBlank(), "An endpoint's name is not blank, as \"%s\" is.", name);
    this.name = name;
  }

  @Override
  WebhookEndpointBuilder self() {
    return this;
  }

  /**
   * {@return the endpoint, not yet started}
   *
   * @throws IllegalStateException if it was not said who may post to it
   */
  public WebhookEndpoint build() {
    return new WebhookEndpoint(name, rules());
  }
}
