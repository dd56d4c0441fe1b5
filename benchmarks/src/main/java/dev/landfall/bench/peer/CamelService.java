package dev.landfall.bench.peer;

import dev.landfall.bench.frame.Parent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/**
 * A service on Camel that takes events at {@code /events}, with the server of
 * {@code platform-http}.
 */
public final class CamelService {

  /** Where a route gets events from. */
  public static final String EVENTS = "platform-http:/events?httpMethodRestrict=POST";

  private static final int ACCEPTED = 202;

  private CamelService() {}

  /**
   * Serves until the parent has enough.
   *
   * @param main has what the routes look up
   * @param routes what is done with an event
   * @throws IOException if there is no free port, or the parent cannot be heard
   */
  public static void serve(Main main, RouteBuilder routes) throws IOException {
    int port = freePort();
    main.addInitialProperty("camel.server.enabled", "true");
    main.addInitialProperty("camel.server.host", "127.0.0.1");
    main.addInitialProperty("camel.server.port", Integer.toString(port));
    main.configure().addRoutesBuilder(routes);
    main.start();
    try {
      Parent.tell("http://127.0.0.1:%d/events".formatted(port));
      Parent.awaitEnd();
    } finally {
      main.stop();
    }
  }

  /**
   * Answers as Landfall does; the last step of a route.
   *
   * @param exchange whose answer it becomes
   */
  public static void accept(Exchange exchange) {
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, ACCEPTED);
    // Of no other body would the answer tell its length.
    exchange.getMessage().setBody(new byte[0]);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
