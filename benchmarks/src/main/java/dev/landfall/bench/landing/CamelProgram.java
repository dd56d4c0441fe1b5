package dev.landfall.bench.landing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.landfall.bench.peer.CamelService;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The same on Camel. */
final class CamelProgram {

  /** Where a durable service keeps the ids of what it has stored, in a table of Camel's. */
  static final String DATABASE = "ids.db";

  private static final String ID = "EventId";
  private static final String FOLDER = "file:" + LandingSmall.FILES;

  private CamelProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments when to tell how many have landed, twice, then {@code fast} or {@code durable}
   */
  public static void main(String[] arguments) throws IOException {
    Tally tally = Tally.of(arguments[0], arguments[1]);
    if (arguments[2].equals("fast")) {
      CamelService.serve(new Main(), new Fast(tally));
    } else {
      try (HikariDataSource database = database()) {
        JdbcMessageIdRepository stored = new JdbcMessageIdRepository(database, "exports");
        CamelService.serve(new Main(), new Durable(tally, stored));
      }
    }
  }

  private static HikariDataSource database() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + DATABASE);
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(source);
    // SQLite writes for one at a time; a second connection would poll for its turn.
    pool.setMaximumPoolSize(1);
    return new HikariDataSource(pool);
  }

  /** Answers at once and keeps events in memory until they are stored; nothing is synced. */
  private static final class Fast extends RouteBuilder {

    private static final String QUEUE = "seda:exports?size=100000";

    private final Tally tally;

    Fast(Tally tally) {
      this.tally = tally;
    }

    @Override
    public void configure() {
      from(CamelService.EVENTS)
          .convertBodyTo(byte[].class)
          .to(QUEUE + "&waitForTaskToComplete=Never&blockWhenFull=true")
          .process(CamelService::accept);
      from(QUEUE + "&concurrentConsumers=8")
          .unmarshal()
          .json(JsonLibrary.Jackson)
          .process(CamelProgram::ask)
          .to("http:storage")
          .process(CamelProgram::name)
          .to(FOLDER)
          .process(exchange -> tally.landed());
    }
  }

  /** Answers when the file, its folder and then the id are on disk. */
  private static final class Durable extends RouteBuilder {

    private final Tally tally;
    private final JdbcMessageIdRepository stored;

    Durable(Tally tally, JdbcMessageIdRepository stored) {
      this.tally = tally;
      this.stored = stored;
    }

    @Override
    public void configure() {
      from(CamelService.EVENTS)
          .unmarshal()
          .json(JsonLibrary.Jackson)
          .process(CamelProgram::ask)
          .idempotentConsumer(exchangeProperty(ID), stored)
          // An id that is kept before its file is there would turn the next delivery away.
          .eager(false)
          .completionEager(true)
          .to("http:storage")
          .process(CamelProgram::name)
          .to(FOLDER)
          .process(CamelProgram::sync)
          .end()
          .process(exchange -> tally.landed())
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

  private static void name(Exchange exchange) {
    exchange.getMessage().setHeader(Exchange.FILE_NAME, exchange.getProperty(ID) + ".csv");
  }

  /** The component's own option {@code forceWrites} does nothing in this version. */
  private static void sync(Exchange exchange) throws IOException {
    String file = exchange.getMessage().getHeader(Exchange.FILE_NAME_PRODUCED, String.class);
    sync(Path.of(file), StandardOpenOption.WRITE);
    sync(Path.of(LandingSmall.FILES), StandardOpenOption.READ);
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
