package dev.landfall.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.landfall.MemoryLedger;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventId;
import dev.landfall.event.Payload;
import dev.landfall.event.RawEvent;
import dev.landfall.spi.Disposition;
import dev.landfall.spi.EventFacts;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a sender hears that it may forget. */
class CustodyTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final RawEvent BODY = RawEvent.of(new byte[] {'{', '}'});

  @Test
  void whatAnotherInstanceLandsEndsTheWaitOfTheOneThatRecordedIt() throws Exception {
    Custody custody = new Custody(true);
    BusinessEvent event =
        BusinessEvent.of(Payload.of(Map.of("EventId", "e-1", "EventTimeIso8601", NOW.toString())));
    LandingId id = new LandingId(new EventId("e-1"), "exports");
    List<Landing> landings = List.of(Landing.first(id, NOW, EventFacts.of(event), BODY));
    try (Ledger shared = MemoryLedger.create()) {
      Custody.Wait wait = custody.open(landings, true);
      custody.askFor(shared);
      CompletableFuture<Disposition> answer = custody
          .answer(wait, shared.record(landings).toCompletableFuture().get())
          .toCompletableFuture();
      custody.askFor(shared);
      assertFalse(answer.isDone());
      var claim = shared.claim(1, Set.of("exports"), NOW, NOW.plusSeconds(60)).get(0);
      shared.settle(claim, new Settlement.Stored(Map.of(), BODY), NOW);
      custody.askFor(shared);
      assertEquals(Disposition.Verdict.ACCEPTED, answer.get(1, TimeUnit.SECONDS).verdict());
    }
  }
}
