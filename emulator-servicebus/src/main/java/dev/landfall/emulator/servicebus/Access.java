package dev.landfall.emulator.servicebus;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.qpid.proton.engine.Sasl;
import org.apache.qpid.proton.engine.SaslListener;
import org.apache.qpid.proton.engine.Transport;

/** What one connection may do: all after a password, else what its tokens name. */
final class Access {

  private final Credentials credentials;
  private final Set<String> granted = new HashSet<>();
  private boolean all;

  Access(Credentials credentials) {
    this.credentials = credentials;
  }

  void grant(String entity) {
    granted.add(entity);
  }

  /** {@return whether a token was put for the entity or, with a subscription, for its topic} */
  boolean allows(String entity) {
    return all
        || granted.stream().anyMatch(name -> entity.equals(name) || entity.startsWith(name + "/"));
  }

  /** Answers the greeting, in which the vendor's client is anonymous and others give the key. */
  void guard(Sasl sasl) {
    sasl.server();
    sasl.setMechanisms("MSSBCBS", "PLAIN", "ANONYMOUS", "EXTERNAL");
    sasl.allowSkip(true);
    sasl.setListener(new SaslListener() {
      @Override
      public void onSaslInit(Sasl greeting, Transport transport) {
        greeting.done(
            welcomes(greeting) ? Sasl.SaslOutcome.PN_SASL_OK : Sasl.SaslOutcome.PN_SASL_AUTH);
      }

      @Override
      public void onSaslResponse(Sasl greeting, Transport transport) {}

      @Override
      public void onSaslMechanisms(Sasl greeting, Transport transport) {}

      @Override
      public void onSaslChallenge(Sasl greeting, Transport transport) {}

      @Override
      public void onSaslOutcome(Sasl greeting, Transport transport) {}
    });
  }

  private boolean welcomes(Sasl greeting) {
    byte[] answer = new byte[Math.max(0, greeting.pending())];
    greeting.recv(answer, 0, answer.length);
    String[] mechanisms = greeting.getRemoteMechanisms();
    if (mechanisms.length == 0 || !mechanisms[0].equals("PLAIN")) {
      return true;
    }
    String[] parts = new String(answer, StandardCharsets.UTF_8).split("\0", -1);
    all = parts.length == 3 && credentials.match(parts[1], parts[2]);
    return all;
  }
}
