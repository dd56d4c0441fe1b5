package dev.landfall.transport.finops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads that want a token. */
@Timeout(60)
class EntraTokensAtOnceTest {

  private final EntraClock clock = new EntraClock();
  private final AtomicInteger asked = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private EntraTokens tokens(Supplier<EntraToken> entra) {
    return new EntraTokens(entra, clock, "tokens");
  }

  private EntraToken next() {
    return new EntraToken("token-" + asked.incrementAndGet(), Duration.ofHours(1));
  }

  private List<Future<String>> get(EntraTokens tokens, int times) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(times);
    List<Future<String>> results = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      results.add(threads.submit(() -> {
        begun.countDown();
        return tokens.get();
      }));
    }
    begun.await();
    return results;
  }

  private static void pass(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw FetchException.passing(Reason.FILE_UNAVAILABLE, "Interrupted.", closing);
    }
  }

  @Test
  void fiftyThreadsAskOnce() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    List<Future<String>> results = get(
        tokens(() -> {
          pass(gate);
          return next();
        }),
        50);
    gate.countDown();
    for (Future<String> result : results) {
      assertEquals("token-1", result.get());
    }
    assertEquals(1, asked.get());
  }

  @Test
  void aFailureIsThatOfAllWhoWait() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    List<Future<String>> results = get(
        tokens(() -> {
          pass(gate);
          asked.incrementAndGet();
          throw FetchException.permanent(Reason.FILE_UNAVAILABLE, "Wrong.");
        }),
        50);
    gate.countDown();
    for (Future<String> result : results) {
      ExecutionException failed = assertThrows(ExecutionException.class, result::get);
      assertTrue(String.valueOf(failed.getCause()).contains("Wrong."), failed.toString());
    }
    assertEquals(1, asked.get());
  }

  @Test
  void whoLookedAtTheClockBeforeAnotherFailedDoesNotAskAgain() {
    AtomicReference<@Nullable EntraTokens> other = new AtomicReference<>();
    EntraClock slow = new EntraClock() {
      @Override
      public Instant instant() {
        Instant looked = super.instant();
        EntraTokens failing = other.getAndSet(null);
        if (failing != null) {
          turn(Duration.ofMillis(1));
          assertThrows(FetchException.class, failing::get);
        }
        return looked;
      }
    };
    Supplier<EntraToken> refusing = () -> {
      asked.incrementAndGet();
      throw FetchException.permanent(Reason.FILE_UNAVAILABLE, "Wrong.");
    };
    EntraTokens tokens = new EntraTokens(refusing, slow, "tokens");
    other.set(tokens);
    assertThrows(FetchException.class, tokens::get);
    assertEquals(1, asked.get());
  }

  @Test
  void whoHasAGoodTokenWaitsForNobody() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    EntraTokens tokens = tokens(() -> {
      EntraToken token = next();
      if (asked.get() == 2) {
        asking.countDown();
        pass(gate);
      }
      return token;
    });
    assertEquals("token-1", tokens.get());
    clock.turn(Duration.ofMinutes(57));
    Future<String> renewing = threads.submit(tokens::get);
    asking.await();
    assertEquals("token-1", tokens.get());
    gate.countDown();
    assertEquals("token-2", renewing.get());
    assertEquals("token-2", tokens.get());
  }

  @Test
  void whoWaitsAsksItselfWhenTheOneThatAskedIsInterrupted() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    EntraTokens tokens = tokens(() -> {
      EntraToken token = next();
      if (asked.get() == 1) {
        asking.countDown();
        pass(never);
      }
      return token;
    });
    Future<String> first = threads.submit(tokens::get);
    asking.await();
    List<Future<String>> others = get(tokens, 10);
    first.cancel(true);
    for (Future<String> other : others) {
      assertEquals("token-2", other.get());
    }
  }

  @Test
  void whoWaitsCanBeInterrupted() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    EntraTokens tokens = tokens(() -> {
      asking.countDown();
      pass(gate);
      return next();
    });
    Future<String> first = threads.submit(tokens::get);
    asking.await();
    CountDownLatch told = new CountDownLatch(1);
    Thread waiting = new Thread(() -> {
      Thread.currentThread().interrupt();
      assertTrue(assertThrows(FetchException.class, tokens::get).retryable());
      told.countDown();
    });
    waiting.start();
    told.await();
    gate.countDown();
    assertEquals("token-1", first.get());
  }

  @Test
  void whatBreaksUnforeseenLocksNobodyOut() {
    EntraTokens tokens = tokens(() -> {
      if (asked.get() == 0) {
        asked.incrementAndGet();
        throw new IllegalStateException("Unforeseen.");
      }
      return next();
    });
    assertThrows(IllegalStateException.class, tokens::get);
    assertEquals("token-2", tokens.get());
  }
}
