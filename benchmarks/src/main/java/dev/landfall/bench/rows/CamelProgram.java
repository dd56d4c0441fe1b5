package dev.landfall.bench.rows;

import com.zaxxer.hikari.HikariDataSource;
import dev.landfall.bench.peer.Postgres;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** The same on Camel: the answer is split while it comes, and rows are inserted in batches. */
final class CamelProgram {

  private static final int CONNECTIONS = 2;

  private CamelProgram() {}

  /**
   * Loads until the parent has enough.
   *
   * @param arguments where the database is, and the {@link Mode}
   */
  public static void main(String[] arguments) throws Exception {
    try (HikariDataSource tables = Postgres.pool(arguments[0], CONNECTIONS)) {
      Main main = new Main();
      main.bind("tables", tables);
      main.configure().addRoutesBuilder(new Route(Mode.valueOf(arguments[1])));
      main.start();
      try (ProducerTemplate producer = main.getCamelContext().createProducerTemplate()) {
        // Waits until the last batch is committed, and throws what was thrown there.
        Loader loader = link -> producer.requestBodyAndHeaders(
            Route.LINKS, null, Map.of(Exchange.HTTP_METHOD, "GET", Exchange.HTTP_URI, link));
        loader.serve();
      } finally {
        main.stop();
      }
    }
  }

  private static final class Route extends RouteBuilder {

    static final String LINKS = "seda:links?timeout=0";

    private static final int ROWS_PER_BATCH = 1000;

    private final Mode mode;

    Route(Mode mode) {
      this.mode = mode;
    }

    @Override
    public void configure() {
      from(LINKS)
          .streamCache("false")
          .setProperty(Exchange.CHARSET_NAME, constant("UTF-8"))
          .to("http:storage?disableStreamCache=true")
          .split()
          .tokenize("\n", ROWS_PER_BATCH, true)
          .streaming()
          .stopOnException()
          .unmarshal()
          .csv()
          .to("sql:%s?dataSource=#tables&batch=true"
              .formatted(InvoiceTable.insert(mode).replace('?', '#')))
          .end();
    }
  }
}
