package dev.landfall.app;

import dev.landfall.FolderSink;
import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpAnswer;
import dev.landfall.download.HttpReader;
import dev.landfall.download.JdkHttpReader;
import dev.landfall.download.Patience;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.RawEvent;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.EventSource;
import dev.landfall.spi.Failure;
import dev.landfall.spi.PipelineListener;
import dev.landfall.spi.Receiver;
import dev.landfall.spi.RetryPolicy;
import dev.landfall.spi.Step;
import dev.landfall.transport.finops.FinopsEnvironment;
import dev.landfall.transport.finops.PackageLinkLocator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A service in a process with little memory that lands one file: prints what it asks for, how far
 * it is, and how it ended.
 */
final class LargeFileProgram {

  private LargeFileProgram() {}

  /**
   * Runs until the file has landed or is a dead letter.
   *
   * @param arguments the event, the storage, the environment, and a folder
   */
  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[3]);
    var locator = PayloadUrlLocator.field("DownloadURL")
        .or(PackageLinkLocator.of(FinopsEnvironment.at(URI.create(arguments[2]), () -> "token")));
    Prints prints = new Prints();
    try (Pipeline pipeline = Pipeline.from(new Once(arguments[0]))
        .route(Route.named("large")
            .fetch(locator)
            .store(FolderSink.at(folder.resolve("landed")).key("file")))
        .hosts(HostPolicy.nothing().trust(URI.create(arguments[1])))
        .reader(Asking::open)
        .spool(folder.resolve("spool"))
        .retry(RetryPolicy.upTo(Duration.ofHours(1))
            .backingOff(Duration.ofMillis(10), Duration.ofMillis(100)))
        .listener(prints)
        .build()) {
      pipeline.start();
      prints.end.await();
    }
  }

  /** Brings one event. */
  private record Once(String event) implements EventSource {
    @Override
    public String name() {
      return "once";
    }

    @Override
    public void start(Receiver receiver) {
      RawEvent body = RawEvent.of(event.getBytes(StandardCharsets.UTF_8));
      var unused = receiver.receive(new Delivery(name(), Instant.now(), body));
    }

    @Override
    public void close() {}
  }

  private record Asking(HttpReader reader) implements HttpReader {

    static HttpReader open(HostPolicy hosts, Patience patience) {
      return new Asking(JdkHttpReader.open(hosts, patience));
    }

    @Override
    public HttpAnswer get(URI uri, Map<String, String> headers)
        throws IOException, InterruptedException {
      HttpAnswer answer = reader.get(uri, headers);
      System.out.println(
          "asked " + answer.status() + " " + headers.getOrDefault("Range", "bytes=0-"));
      return answer;
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  private static final class Prints implements PipelineListener {

    private final CountDownLatch end = new CountDownLatch(1);
    private long told;

    @Override
    public void fetched(Step step, long bytesSoFar, long bytesInAll) {
      long percent = bytesSoFar * 100 / bytesInAll;
      if (percent > told) {
        told = percent;
        System.out.println("percent " + percent);
      }
    }

    @Override
    public void landed(Step step, BusinessEvent event) {
      ended("landed");
    }

    @Override
    public void retrying(Step step, Failure failure, Instant next) {
      System.out.println("retrying " + failure.message());
    }

    @Override
    public void died(Step step, Failure failure) {
      ended("died " + failure.reason() + " " + failure.message());
    }

    private void ended(String how) {
      System.out.println(how);
      end.countDown();
    }
  }
}
