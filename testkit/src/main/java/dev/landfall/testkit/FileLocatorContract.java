package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.spi.FileLocator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link FileLocator} must do; the test of an implementation extends it and switches
 * nothing off.
 *
 * <p>It asks for sound events and for some hundreds of damaged ones, so a locator that asks a
 * server is tested against one that is near.
 */
@Timeout(60)
public abstract class FileLocatorContract {

  private static final int THREADS = 8;
  private static final int MANY = 10_000;
  private static final int TELLING = 8;
  private static final Pattern SIGNATURE =
      Pattern.compile("[?&]sig=([^&]+)", Pattern.CASE_INSENSITIVE);

  private FileLocator locator;

  /** For the test that extends it. */
  protected FileLocatorContract() {}

  /**
   * {@return a locator}
   *
   * <p>Called more than once in a case, as a restart does.
   *
   * @throws Exception fails the case
   */
  protected abstract FileLocator newLocator() throws Exception;

  /**
   * {@return an event whose file can be located as long as the case runs}
   *
   * @param number from 0; events of two numbers announce two files, of one number the same
   * @throws Exception fails the case
   */
  protected abstract BusinessEvent announcing(int number) throws Exception;

  /**
   * {@return an event that announces no file}
   *
   * @throws Exception fails the case
   */
  protected abstract BusinessEvent announcingNothing() throws Exception;

  @BeforeEach
  final void makeLocator() throws Exception {
    locator = newLocator();
  }

  @Test
  final void theFileOfAnEventIsFound() throws Exception {
    FileReference reference = locator.locate(announcing(0));
    assertFalse(reference.url().isBlank());
    assertFalse(reference.name().isBlank());
    assertFalse(reference.name().contains("/"), "a name without folders");
  }

  @Test
  final void eachEventHasItsOwnFile() throws Exception {
    assertNotEquals(
        Found.of(locator.locate(announcing(0))), Found.of(locator.locate(announcing(1))));
  }

  @Test
  final void theSameEventAgainIsTheSameFile() throws Exception {
    Found found = Found.of(locator.locate(announcing(0)));
    locator.locate(announcing(1));
    refusalOf(announcingNothing());
    assertEquals(found, Found.of(locator.locate(announcing(0))));
    assertEquals(found, Found.of(newLocator().locate(announcing(0))), "after a restart");
  }

  @Test
  final void anEventWithoutAFileIsRefused() throws Exception {
    FetchException refused = refusalOf(announcingNothing());
    assertFalse(refused.getMessage().isBlank());
  }

  @Test
  final void manyAreLocatedAtOnce() throws Exception {
    List<BusinessEvent> events = new ArrayList<>();
    List<Found> alone = new ArrayList<>();
    for (int number = 0; number < THREADS; number++) {
      events.add(announcing(number));
      alone.add(Found.of(locator.locate(announcing(number))));
    }
    BusinessEvent nothing = announcingNothing();
    List<List<Found>> together = AtOnce.on(THREADS, thread -> {
      List<Found> found = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        // Each begins at another event, so that equal and different ones meet.
        BusinessEvent event = events.get((thread / 2 + i) % THREADS);
        var unused = locator.expiry(event);
        found.add(Found.of(locator.locate(event)));
        refusalOf(nothing);
      }
      return found;
    });
    for (int thread = 0; thread < THREADS; thread++) {
      for (int i = 0; i < THREADS; i++) {
        assertEquals(alone.get((thread / 2 + i) % THREADS), together.get(thread).get(i));
      }
    }
  }

  @Test
  final void theExpiryIsThatOfTheFile() throws Exception {
    BusinessEvent event = announcing(0);
    Optional<Instant> before = locator.expiry(event);
    Optional<Instant> ofTheFile = locator.locate(event).expiresAt();
    if (before.isPresent() && ofTheFile.isPresent()) {
      assertEquals(ofTheFile, before);
    }
    assertEquals(before, locator.expiry(event), "once located");
    assertEquals(before, newLocator().expiry(event), "after a restart");
  }

  @Test
  final void theExpiryIsToldQuickly() throws Exception {
    List<BusinessEvent> events = List.of(announcing(0), announcing(1), announcingNothing());
    assertTimeout(Duration.ofSeconds(10), () -> {
      for (int i = 0; i < MANY; i++) {
        var unused = locator.expiry(events.get(i % events.size()));
      }
    });
  }

  /** Who waits for a network or a lock would not, on a thread that is interrupted. */
  @Test
  final void theExpiryIsToldWithoutWaiting() throws Exception {
    List<BusinessEvent> events = List.of(announcing(0), announcing(1), announcingNothing());
    for (BusinessEvent event : events) {
      Optional<Instant> expected = locator.expiry(event);
      FileLocator fresh = newLocator();
      Thread.currentThread().interrupt();
      try {
        assertEquals(expected, fresh.expiry(event));
      } finally {
        assertTrue(Thread.interrupted(), "The interruption was taken for its own.");
      }
    }
  }

  @Test
  final void theExpiryOfADamagedEventIsToldOrEmpty() throws Exception {
    for (BusinessEvent damaged : DamagedEvents.of(announcing(0))) {
      Optional<Instant> first = locator.expiry(damaged);
      assertEquals(first, locator.expiry(damaged));
    }
  }

  @Test
  final void aDamagedEventIsLocatedOrRefusedAndNothingSignedIsShown() throws Exception {
    BusinessEvent sound = announcing(0);
    FileReference reference = locator.locate(sound);
    List<String> secrets = secretsOf(reference);
    Found found = Found.of(reference);
    assertShowsNone(secrets, reference.toString());
    for (BusinessEvent damaged : DamagedEvents.of(sound)) {
      try {
        assertShowsNone(secrets, locator.locate(damaged).toString());
      } catch (FetchException refused) {
        assertFalse(refused.getMessage().isBlank());
        assertShowsNone(secrets, traceOf(refused));
      }
    }
    assertShowsNone(secrets, locator.toString());
    assertEquals(found, Found.of(locator.locate(sound)), "after all the others");
  }

  private FetchException refusalOf(BusinessEvent event) {
    return assertThrows(FetchException.class, () -> locator.locate(event));
  }

  /** How a signature begins, in both its spellings. */
  private static List<String> secretsOf(FileReference reference) {
    Matcher signature = SIGNATURE.matcher(reference.url());
    if (!signature.find()) {
      return List.of();
    }
    String encoded = signature.group(1);
    return List.of(beginOf(encoded), beginOf(URLDecoder.decode(encoded, StandardCharsets.UTF_8)));
  }

  private static String beginOf(String secret) {
    return secret.substring(0, Math.min(TELLING, secret.length()));
  }

  private static void assertShowsNone(List<String> secrets, String shown) {
    for (String secret : secrets) {
      assertFalse(shown.contains(secret), "A signature is shown.");
    }
  }

  private static String traceOf(FetchException refused) {
    StringWriter trace = new StringWriter();
    refused.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  /** Which file it is; a link to it may be signed anew each time. */
  private record Found(String address, String name) {
    static Found of(FileReference reference) {
      return new Found(reference.toString(), reference.name());
    }
  }
}
