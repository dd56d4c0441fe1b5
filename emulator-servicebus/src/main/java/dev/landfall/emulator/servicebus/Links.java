package dev.landfall.emulator.servicebus;

import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.jspecify.annotations.Nullable;

/** What is done to links, whatever they are for. */
final class Links {

  private Links() {}

  /** {@return what the link's far end is here, or null if that is no node of a broker} */
  static @Nullable Address address(Link link) {
    if (link instanceof Receiver) {
      return link.getRemoteTarget() instanceof Target target
          ? Address.parse(target.getAddress())
          : null;
    }
    return link.getRemoteSource() instanceof Source source
        ? Address.parse(source.getAddress())
        : null;
  }

  /** Agrees to all that a client proposed for a link. */
  static void mirror(Link link) {
    link.setSource(link.getRemoteSource());
    link.setTarget(link.getRemoteTarget());
    link.setSenderSettleMode(link.getRemoteSenderSettleMode());
    link.setReceiverSettleMode(link.getRemoteReceiverSettleMode());
  }

  /** Says no as AMQP does: the link is opened towards nothing, and closed with the reason. */
  static void refuse(Link link, String condition, String description) {
    link.setSource(null);
    link.setTarget(null);
    link.open();
    detach(link, condition, description);
  }

  static void detach(Link link, String condition, String description) {
    link.setCondition(error(condition, description));
    link.close();
  }

  static ErrorCondition error(String condition, String description) {
    return new ErrorCondition(Symbol.valueOf(condition), description);
  }
}
