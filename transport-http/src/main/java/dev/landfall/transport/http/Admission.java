package dev.landfall.transport.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may post: whoever shows one of the credentials, from one of the networks.
 *
 * @param secrets any of them will do
 * @param basic any of them will do
 * @param networks any of them will do; none stands for all
 */
record Admission(SharedSecrets secrets, BasicCredentials basic, List<Network> networks) {

  /** {@return whether nobody needs a credential} */
  private boolean isOpen() {
    return secrets.isEmpty() && basic.isEmpty();
  }

  /** {@return why a request is not let in, or null if it is} */
  @Nullable WebhookAnswer refusal(WebhookRequest head) {
    if (!networks.isEmpty()
        && (head.sender() == null
            || networks.stream().noneMatch(network -> network.contains(head.sender())))) {
      return WebhookAnswer.problem(
          403, "Events are taken from certain networks only, and the sender's is none of them.");
    }
    if (isOpen()
        || secrets.admit(head.headers().get(SharedSecrets.HEADER).orElse(null), head.query())
        || basic.admit(head.headers().get(BasicCredentials.HEADER).orElse(null))) {
      return null;
    }
    return WebhookAnswer.problem(401, expected(), "WWW-Authenticate", challenges());
  }

  private String expected() {
    List<String> ways = new ArrayList<>();
    if (!secrets.isEmpty()) {
      ways.add("The shared secret is expected in the query parameter %s or the header %s"
          .formatted(SharedSecrets.PARAMETER, SharedSecrets.HEADER));
    }
    if (!basic.isEmpty()) {
      ways.add(ways.isEmpty()
          ? "User and password are expected as HTTP Basic authentication"
          : "or user and password as HTTP Basic authentication");
    }
    return String.join(", ", ways) + "; it is missing or wrong.";
  }

  private String challenges() {
    if (basic.isEmpty()) {
      return "SharedSecret";
    }
    String challenge = "Basic realm=\"events\", charset=\"UTF-8\"";
    return secrets.isEmpty() ? challenge : "SharedSecret, " + challenge;
  }
}
