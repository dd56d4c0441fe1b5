package dev.landfall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpAnswer;
import dev.landfall.download.HttpReader;
import dev.landfall.download.JdkHttpReader;
import dev.landfall.download.Patience;
import dev.landfall.event.LandfallException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PipelineReaderTest extends PipelineCase {

  private final List<URI> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  private HttpReader listening(HostPolicy hosts, Patience patience) {
    opened.incrementAndGet();
    HttpReader reader = JdkHttpReader.open(hosts, patience);
    return new HttpReader() {
      @Override
      public HttpAnswer get(URI uri, Map<String, String> headers)
          throws IOException, InterruptedException {
        asked.add(uri);
        return reader.get(uri, headers);
      }

      @Override
      public void close() {
        closed.incrementAndGet();
        reader.close();
      }
    };
  }

  @Test
  void filesAreFetchedWithTheReaderThatWasChosenAndItIsClosedAtTheEnd() throws Exception {
    Pipeline pipeline =
        start(pipeline(ledger).reader(this::listening).route(fetching().store(exports())));
    source.answerTo(event("e-1"));
    steps.await("landed e-1 on exports");
    assertEquals(1, asked.size());
    assertEquals(0, closed.get());
    pipeline.close();
    pipeline.close();
    assertEquals(1, opened.get());
    assertEquals(1, closed.get());
  }

  @Test
  void aReaderIsClosedIfThePipelineCannotBeBuilt() throws Exception {
    var noFolder = Files.writeString(folder.resolve("occupied"), "");
    PipelineBuilder builder = pipeline(ledger)
        .spool(noFolder)
        .reader(this::listening)
        .route(fetching().store(exports()));
    assertThrows(LandfallException.class, builder::build);
    assertEquals(1, opened.get());
    assertEquals(1, closed.get());
  }
}
