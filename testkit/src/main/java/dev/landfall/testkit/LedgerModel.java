package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.event.RawEvent;
import dev.landfall.file.Receipt;
import dev.landfall.spi.Claim;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.Failure;
import dev.landfall.spi.Landing;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.LandingState;
import dev.landfall.spi.Ledger;
import dev.landfall.spi.Recorded;
import dev.landfall.spi.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The simplest ledger one can think of, and random calls that compare it with a real one. */
final class LedgerModel {

  private static final int EVENTS = 15;

  private final Random random;
  private final Map<LandingId, Known> landings = new LinkedHashMap<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>();
  private Instant now = LedgerCases.NOON;

  LedgerModel(Random random) {
    this.random = random;
  }

  void compareWith(Ledger ledger, int calls) throws Exception {
    for (int call = 0; call < calls; call++) {
      // Every call has its own millisecond, so that no two failures are equally late.
      now = now.plusMillis(1 + random.nextInt(2_000));
      String step = "call " + call;
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          List<Landing> some = someLandings();
          assertEquals(record(some), LedgerCases.answer(ledger.record(some)), step);
        }
        case 2, 3 -> {
          int most = 1 + random.nextInt(4);
          Instant until = soon();
          List<Claim> handedOut = ledger.claim(most, now, until);
          assertEquals(
              claim(most, until), handedOut.stream().map(Claim::landing).toList(), step);
          handedOut.forEach(it -> known(it).token = it.token());
          claims.addAll(handedOut);
        }
        case 4 -> {
          if (!claims.isEmpty()) {
            Claim claim = someClaim();
            Instant until = soon();
            assertEquals(renew(claim, until), ledger.renew(claim, until), step);
          }
        }
        case 5, 6 -> {
          if (!claims.isEmpty()) {
            Claim claim = someClaim();
            Settlement settlement = someSettlement();
            assertEquals(settle(claim, settlement), ledger.settle(claim, settlement), step);
          }
        }
        default -> {
          RawEvent noise = LedgerCases.body("noise " + random.nextInt(20));
          Failure failure = LedgerCases.failure("noise", now);
          bury(noise, failure);
          LedgerCases.answer(ledger.bury(noise, failure));
          int most = 1 + random.nextInt(12);
          assertEquals(deadLetters(most), ledger.deadLetters(most), step);
        }
      }
    }
  }

  private List<Recorded> record(List<Landing> some) {
    List<Recorded> answers = new ArrayList<>();
    for (Landing landing : some) {
      boolean isNew = landings.putIfAbsent(landing.id(), new Known(landing)) == null;
      answers.add(new Recorded(landing.id(), isNew, known(landing.id()).state));
    }
    return answers;
  }

  private void bury(RawEvent body, Failure failure) {
    if (deadLetters.stream().noneMatch(it -> it.landing().isEmpty() && it.body().equals(body))) {
      deadLetters.add(new DeadLetter(null, failure, 0, body));
    }
  }

  private List<Landing> claim(int most, Instant until) {
    List<Known> due = landings.values().stream()
        .filter(it -> it.state == LandingState.PENDING && !it.due.isAfter(now))
        .sorted(
            Comparator.<Known, Instant>comparing(it -> it.first.linkExpiry().orElse(Instant.MAX))
                .thenComparing(it -> it.first.recordedAt()))
        .limit(most)
        .toList();
    for (Known known : due) {
      known.attempts++;
      known.due = until;
    }
    return due.stream().map(Known::landing).toList();
  }

  private boolean renew(Claim claim, Instant until) {
    Known known = known(claim);
    boolean held = claim.token().equals(known.token);
    if (held) {
      known.due = until;
    }
    return held;
  }

  private boolean settle(Claim claim, Settlement settlement) {
    Known known = known(claim);
    if (!claim.token().equals(known.token)) {
      return false;
    }
    known.token = null;
    known.receipts.putAll(settlement.receipts());
    if (settlement instanceof Settlement.Retry retry) {
      known.due = retry.at();
    } else if (settlement instanceof Settlement.Released) {
      known.due = Instant.MIN;
      known.attempts--;
    } else if (settlement instanceof Settlement.Dead dead) {
      known.state = LandingState.DEAD;
      deadLetters.add(
          new DeadLetter(known.first.id(), dead.failure(), known.attempts, known.first.body()));
    } else {
      known.state = LandingState.STORED;
    }
    return true;
  }

  private List<DeadLetter> deadLetters(int most) {
    return deadLetters.stream()
        .sorted(Comparator.comparing((DeadLetter it) -> it.failure().at()).reversed())
        .limit(most)
        .toList();
  }

  private Known known(LandingId id) {
    Known known = landings.get(id);
    if (known == null) {
      throw new AssertionError(id + " was handed out but never recorded");
    }
    return known;
  }

  private Known known(Claim claim) {
    return known(claim.landing().id());
  }

  private Instant soon() {
    return now.plusMillis(random.nextInt(20_000));
  }

  private Claim someClaim() {
    return claims.get(claims.size() - 1 - random.nextInt(Math.min(claims.size(), 10)));
  }

  private List<Landing> someLandings() {
    List<Landing> some = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      // The window moves on, so that new events keep coming and old ones are still repeated.
      int oldest = (int) Duration.between(LedgerCases.NOON, now).toSeconds() / 10;
      int event = oldest + random.nextInt(EVENTS);
      Instant deadline = random.nextInt(3) == 0 ? null : LedgerCases.NOON.plusSeconds(event % 4);
      some.add(LedgerCases.landing("event " + event, now, deadline));
    }
    return some;
  }

  private Settlement someSettlement() {
    String sink = "sink " + random.nextInt(3);
    Map<String, Receipt> receipts =
        Map.of(sink, new Receipt(sink, random.nextInt(100), (long) random.nextInt(100)));
    return switch (random.nextInt(6)) {
      case 0 -> new Settlement.Stored(receipts);
      case 1 -> new Settlement.Dead(receipts, LedgerCases.failure("dead", now));
      case 2 -> new Settlement.Released(receipts);
      default -> new Settlement.Retry(receipts, LedgerCases.failure("again", now), soon());
    };
  }

  /** What is known of one landing. */
  private static final class Known {
    final Landing first;
    final Map<String, Receipt> receipts = new HashMap<>();
    LandingState state = LandingState.PENDING;
    Instant due = Instant.MIN;
    int attempts;

    @Nullable
    String token;

    Known(Landing first) {
      this.first = first;
    }

    Landing landing() {
      return new Landing(
          first.id(), first.recordedAt(), first.deadline(), first.body(), attempts, receipts);
    }
  }
}
