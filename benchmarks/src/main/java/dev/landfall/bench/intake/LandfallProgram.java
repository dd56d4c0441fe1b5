package dev.landfall.bench.intake;

import dev.landfall.FolderSink;
import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.bench.frame.Parent;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.ledger.jdbc.JdbcLedger;
import dev.landfall.transport.http.Webhook;
import java.io.IOException;
import java.nio.file.Path;

/** A service with Landfall that takes exports and lands none. */
final class LandfallProgram {

  static final String LEDGER = "ledger.db";

  private LandfallProgram() {}

  /**
   * Serves until the parent has enough.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) throws IOException {
    Webhook webhook = Webhook.on(0).path("/events").withoutSecret().build();
    try (Pipeline pipeline = Pipeline.from(webhook)
        .ledger(JdbcLedger.sqlite(Path.of(LEDGER)))
        .spool(Path.of("spool"))
        .route(Route.named("exports")
            .fetch(PayloadUrlLocator.field("DownloadURL"))
            .store(FolderSink.at(Path.of("files"))))
        .build()) {
      // Nothing lands while intake is measured.
      pipeline.pause("exports");
      pipeline.start();
      Parent.tell(webhook.uri().toString());
      Parent.awaitEnd();
    }
  }
}
