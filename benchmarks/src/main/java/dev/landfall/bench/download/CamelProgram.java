package dev.landfall.bench.download;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** The same on Camel: {@code http} to {@code file}. */
final class CamelProgram {

  private CamelProgram() {}

  /**
   * Fetches until the parent has enough.
   *
   * @param arguments where files are, and how many are fetched at once
   */
  public static void main(String[] arguments) throws Exception {
    Route route = new Route(Integer.parseInt(arguments[1]));
    Main main = new Main();
    main.configure().addRoutesBuilder(route);
    main.start();
    try (ProducerTemplate producer = main.getCamelContext().createProducerTemplate()) {
      Fetcher fetcher = batch -> route.fetch(producer, URI.create(arguments[0]), batch);
      fetcher.serve();
    } finally {
      main.stop();
    }
  }

  private static final class Route extends RouteBuilder {

    private static final String LINKS = "seda:links?size=64";

    private final int consumers;
    private volatile CountDownLatch missing = new CountDownLatch(0);

    Route(int consumers) {
      this.consumers = consumers;
    }

    @Override
    public void configure() {
      from(LINKS + "&concurrentConsumers=" + consumers)
          .to("http:storage")
          .to("file:" + Fetcher.FETCHED)
          .process(exchange -> missing.countDown());
    }

    /** What fails is not counted, and the parent, which sees why, waits in vain. */
    void fetch(ProducerTemplate producer, URI server, Batch batch) throws InterruptedException {
      missing = new CountDownLatch(batch.files());
      for (int number = 0; number < batch.files(); number++) {
        Map<String, Object> headers = Map.of(
            Exchange.HTTP_METHOD,
            "GET",
            Exchange.HTTP_URI,
            batch.link(server, number),
            Exchange.FILE_NAME,
            batch.name() + "/" + number + ".csv");
        producer.sendBodyAndHeaders(
            LINKS + "&waitForTaskToComplete=Never&blockWhenFull=true", null, headers);
      }
      missing.await();
    }
  }
}
