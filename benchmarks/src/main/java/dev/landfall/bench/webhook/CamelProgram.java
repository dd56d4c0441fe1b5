package dev.landfall.bench.webhook;

import dev.landfall.bench.peer.CamelService;
import java.io.IOException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** The same on Camel: a route of one step, which accepts. */
final class CamelProgram {

  private CamelProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments none that matter
   */
  public static void main(String[] arguments) throws IOException {
    CamelService.serve(new Main(), new Routes());
  }

  private static final class Routes extends RouteBuilder {
    @Override
    public void configure() {
      from(CamelService.EVENTS).process(CamelService::accept);
    }
  }
}
