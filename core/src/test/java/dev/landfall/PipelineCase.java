package dev.landfall;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.event.RawEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.file.SignedLinks;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pipeline with a source fed by hand, a storage that answers as told, and a ledger that stays.
 */
abstract class PipelineCase {

  @RegisterExtension
  static final WireMockExtension storage = WireMockExtension.newInstance()
      .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
      .build();

  @TempDir
  Path folder;

  final DirectSource source = new DirectSource();
  final Steps steps = new Steps();
  final Ledger ledger = TakenAsDurable.over(MemoryLedger.create());
  final List<Pipeline> started = new ArrayList<>();

  @BeforeEach
  void aFileIsThere() {
    storage.resetAll();
    storage.stubFor(get(anyUrl()).willReturn(aResponse().withBody("id;name\n1;one\n")));
  }

  @AfterEach
  void close() {
    started.forEach(Pipeline::close);
  }

  PipelineBuilder pipeline(Ledger memory) {
    return Pipeline.from(source)
        .ledger(memory)
        .hosts(HostPolicy.nothing().trust(URI.create(storage.baseUrl())))
        .retry(RetryPolicy.upTo(Duration.ofMinutes(1))
            .backingOff(Duration.ofMillis(1), Duration.ofMillis(5)))
        .spool(folder.resolve("spool"))
        .drainWithin(Duration.ofSeconds(5))
        .listener(steps);
  }

  Pipeline start(PipelineBuilder builder) {
    Pipeline pipeline = builder.build();
    started.add(pipeline);
    pipeline.start();
    return pipeline;
  }

  Route.Fetching fetching() {
    return Route.named("exports").fetch(PayloadUrlLocator.field("DownloadURL"));
  }

  FolderSink exports() {
    return FolderSink.at(folder.resolve("exports")).key("{eventId}.{format}");
  }

  static RawEvent event(String id) {
    return Exports.event(id, "Customer groups", SignedLinks.at(storage.baseUrl() + "/dmf/f.csv"));
  }

  List<String> spooled() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.equals("lock"))
          .sorted()
          .toList();
    }
  }

  /** A sink that does what a test says, and counts. */
  record Scripted(String name, AtomicInteger calls, Script script) implements FileSink {

    interface Script {
      Receipt store(ExportedFile file, int call) throws Exception;
    }

    static Scripted sink(String name, Script script) {
      return new Scripted(name, new AtomicInteger(), script);
    }

    @Override
    public Receipt store(ExportedFile file) throws Exception {
      return script.store(file, calls.incrementAndGet());
    }
  }
}
