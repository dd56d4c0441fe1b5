package dev.landfall.bench.intake;

import com.zaxxer.hikari.HikariDataSource;
import dev.landfall.bench.peer.CamelService;
import dev.landfall.bench.peer.Postgres;
import java.io.IOException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** The same on Camel: each event is committed to a table in PostgreSQL, unread, then answered. */
final class CamelProgram {

  static final String TABLE =
      "CREATE TABLE inbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)";

  /** The default of both the pool and its users; more were no faster. */
  private static final int CONNECTIONS = 10;

  private CamelProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments where the database is
   */
  public static void main(String[] arguments) throws IOException {
    try (HikariDataSource inbox = Postgres.pool(arguments[0], CONNECTIONS)) {
      Main main = new Main();
      main.bind("inbox", inbox);
      CamelService.serve(main, new Routes());
    }
  }

  private static final class Routes extends RouteBuilder {
    @Override
    public void configure() {
      from(CamelService.EVENTS)
          .convertBodyTo(String.class)
          .to("sql:INSERT INTO inbox (body) VALUES (:#${body})?dataSource=#inbox")
          .process(CamelService::accept);
    }
  }
}
