package dev.landfall.transport.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may post: whoever shows one of the credentials, from one of the networks.
 *
 * @param secrets any of them will do
 * @param basic any of them will do
 * @param bearer judges tokens; null if none is taken
 * @param networks any of them will do; none stands for all
 */
record Admission(
    SharedSecrets secrets,
    BasicCredentials basic,
    @Nullable BearerGate bearer,
    List<Network> networks) {

  /** {@return whether nobody needs a credential} */
  private boolean isOpen() {
    return secrets.isEmpty() && basic.isEmpty() && bearer == null;
  }

  /** {@return why a request is not let in, or null if it is} */
  @Nullable
  WebhookAnswer refusal(WebhookRequest head) {
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
    if (bearer != null) {
      switch (bearer.judge(head.headers().get(BasicCredentials.HEADER).orElse(null))) {
        case ADMITTED -> {
          return null;
        }
        case UNDECIDED -> {
          return BearerGate.undecided();
        }
        case REFUSED -> {
          // As anybody else is.
        }
      }
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
      ways.add(
          ways.isEmpty()
              ? "User and password are expected as HTTP Basic authentication"
              : "or user and password as HTTP Basic authentication");
    }
    if (bearer != null) {
      ways.add(
          ways.isEmpty()
              ? "A token of Microsoft Entra ID is expected as bearer"
              : "or a token of Microsoft Entra ID as bearer");
    }
    return String.join(", ", ways) + "; it is missing or wrong.";
  }

  private String challenges() {
    List<String> challenges = new ArrayList<>();
    if (!secrets.isEmpty()) {
      challenges.add("SharedSecret");
    }
    if (!basic.isEmpty()) {
      challenges.add("Basic realm=\"events\", charset=\"UTF-8\"");
    }
    if (bearer != null) {
      challenges.add("Bearer");
    }
    return String.join(", ", challenges);
  }
}
