package dev.landfall.bench.s3;

import dev.landfall.bench.landing.Tally;
import dev.landfall.bench.peer.CamelService;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.model.dataformat.JsonLibrary;

/** The same on Camel. */
final class CamelProgram {

  private static final String ID = "EventId";

  private CamelProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments when to tell how many have landed, twice, where the server of objects is, and
   *     the {@link Way}
   */
  public static void main(String[] arguments) throws IOException {
    Tally tally = Tally.of(arguments[0], arguments[1]);
    URI server = URI.create(arguments[2]);
    CamelService.serve(
        new Main(),
        switch (Way.valueOf(arguments[3])) {
          case STREAMED -> new Streamed(tally, server);
          case QUEUED -> new Queued(tally, server);
          case WITHIN_REQUEST -> new WithinRequest(tally, server);
        });
  }

  /** How files come to be objects. */
  enum Way {
    /** One at a time, in parts, while they come. */
    STREAMED,
    /** 8 at a time. Events are answered at once and kept in memory until they are stored. */
    QUEUED,
    /** As many as there are senders. Events are answered when they are stored. */
    WITHIN_REQUEST
  }

  private abstract static class Route extends RouteBuilder {

    static final String QUEUE = "seda:exports?size=100000";

    private final Tally tally;
    private final URI server;

    Route(Tally tally, URI server) {
      this.tally = tally;
      this.server = server;
    }

    /** Takes events into the queue. */
    final void queue() {
      from(CamelService.EVENTS)
          .convertBodyTo(byte[].class)
          .to(QUEUE + "&waitForTaskToComplete=Never&blockWhenFull=true")
          .process(CamelService::accept);
    }

    final String bucket() {
      return "aws2-s3:%s?accessKey=%s&secretKey=%s&region=%s"
              .formatted(S3Proxy.BUCKET, S3Proxy.KEY, S3Proxy.SECRET, S3Proxy.REGION)
          + "&overrideEndpoint=true&forcePathStyle=true&uriEndpointOverride=RAW(" + server + ")";
    }

    final void landed(Exchange exchange) {
      tally.landed();
    }
  }

  private static final class Streamed extends Route {

    Streamed(Tally tally, URI server) {
      super(tally, server);
    }

    @Override
    public void configure() {
      queue();
      from(QUEUE)
          .streamCache("false")
          .unmarshal()
          .json(JsonLibrary.Jackson)
          .process(CamelProgram::ask)
          .to("http:storage?disableStreamCache=true")
          .process(CamelProgram::name)
          .to(bucket() + "&multiPartUpload=true")
          .process(this::landed);
    }
  }

  private static final class Queued extends Route {

    Queued(Tally tally, URI server) {
      super(tally, server);
    }

    @Override
    public void configure() {
      queue();
      from(QUEUE + "&concurrentConsumers=8")
          .unmarshal()
          .json(JsonLibrary.Jackson)
          .process(CamelProgram::ask)
          .to("http:storage")
          .process(CamelProgram::name)
          .to(bucket())
          .process(this::landed);
    }
  }

  private static final class WithinRequest extends Route {

    WithinRequest(Tally tally, URI server) {
      super(tally, server);
    }

    @Override
    public void configure() {
      from(CamelService.EVENTS)
          .unmarshal()
          .json(JsonLibrary.Jackson)
          .process(CamelProgram::ask)
          .to("http:storage")
          .process(CamelProgram::name)
          .to(bucket())
          .process(this::landed)
          .process(CamelService::accept);
    }
  }

  private static void ask(Exchange exchange) {
    Message message = exchange.getMessage();
    Map<?, ?> event = message.getBody(Map.class);
    exchange.setProperty(ID, event.get(ID));
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_METHOD, "GET");
    message.setHeader(Exchange.HTTP_URI, event.get("DownloadURL"));
    message.setBody(null);
  }

  /** Without its length a file would be read into memory first. */
  private static void name(Exchange exchange) {
    Message message = exchange.getMessage();
    message.setHeader("CamelAwsS3Key", exchange.getProperty(ID) + ".csv");
    message.setHeader(
        "CamelAwsS3ContentLength", message.getHeader(Exchange.CONTENT_LENGTH, Long.class));
  }
}
