package dev.landfall.testkit.simulation;

import dev.landfall.event.EventId;
import dev.landfall.event.Reason;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.file.Sha256;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.nio.file.Files;

/** The sink under test behind what may go wrong on the way to it and back. */
record SimulatedSink(World world, Storage storage, FileSink sink) implements FileSink {

  @Override
  public String name() {
    return storage.sink();
  }

  @Override
  public Receipt store(ExportedFile file) throws Exception {
    EventId event = file.event().id();
    LandingId id = new LandingId(event, storage.route());
    world.interruptibleStep("stores in " + name(), id);
    world.witness().storing(id, name(), world.turns().current().working);
    requireWhole(file);
    if (world.strikes(Fault.SINK_FAILS_BEFORE)) {
      throw SinkException.unavailable("The sink is down.", null);
    }
    if (world.strikes(Fault.SINK_REJECTS)) {
      world.witness().mayDie(id, Reason.SINK_REJECTED);
      throw SinkException.rejected("The sink does not want this file.", null);
    }
    if (world.strikes(Fault.SINK_THROWS_AN_ERROR)) {
      throw new AssertionError("A sink has broken.");
    }
    Receipt receipt = sink.store(file);
    storage.answered(event, receipt, world.trace());
    if (world.strikes(Fault.SINK_FAILS_AFTER)) {
      throw new IllegalStateException("The connection broke after the commit.");
    }
    world.interruptibleStep("has stored in " + name(), id);
    Attempt attempt = world.turns().current().working;
    if (attempt != null) {
      attempt.receipts.add(name());
    }
    return receipt;
  }

  private void requireWhole(ExportedFile file) throws IOException {
    byte[] bytes = Files.readAllBytes(file.path());
    if (!world.announced(file.event().id()).digest().equals(Sha256.of(bytes))
        || bytes.length != file.length()
        || !file.sha256().equals(Sha256.of(bytes))) {
      world
          .trace()
          .broken("a sink gets whole files, unlike that of " + file.event().id());
    }
  }
}
