package dev.landfall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Disposition.Verdict;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What sinks are asked before a pipeline takes anything. */
class PipelineStartTest extends PipelineCase {

  /** A sink that answers the look before the first file with a failure. */
  private record Failing(Exception failure, AtomicBoolean asked) implements FileSink {

    Failing(Exception failure) {
      this(failure, new AtomicBoolean());
    }

    @Override
    public String name() {
      return "failing";
    }

    @Override
    public void check() throws Exception {
      asked.set(true);
      throw failure;
    }

    @Override
    public Receipt store(ExportedFile file) {
      return Receipt.of("somewhere", file);
    }
  }

  @Test
  void aSinkThatCanNeverStoreKeepsThePipelineFromStarting() {
    var never = SinkException.rejected("There is no such bucket.", null);
    Pipeline pipeline = pipeline(ledger)
        .route(fetching().store(exports()).store(new Failing(never)))
        .build();
    assertSame(never, assertThrows(SinkException.class, pipeline::start));
    assertThrows(IllegalStateException.class, () -> source.answerTo(event("e-1")));
    assertThrows(IllegalStateException.class, pipeline::start);
  }

  @Test
  void aSinkThatMayYetStoreIsLeftToItsFirstFile() throws Exception {
    for (Exception passing : List.of(
        SinkException.unavailable("The server is down.", null),
        new IOException("no route to host"),
        new IllegalStateException("not yet"))) {
      var sink = new Failing(passing);
      Pipeline pipeline = start(pipeline(MemoryLedger.create()).route(fetching().store(sink)));
      assertTrue(sink.asked().get());
      assertEquals(Verdict.ACCEPTED, source.answerTo(event("e-1")).verdict());
      pipeline.close();
    }
  }

  @Test
  void anInterruptedLookLeavesTheInterruptToTheCaller() {
    start(pipeline(ledger).route(fetching().store(new Failing(new InterruptedException()))));
    assertTrue(Thread.interrupted());
  }
}
