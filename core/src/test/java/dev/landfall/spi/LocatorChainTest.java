package dev.landfall.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocatorChainTest {

  private static final BusinessEvent EVENT = BusinessEvent.of(
      Payload.of(Map.of("EventId", "e-1", "EventTimeIso8601", "2030-01-01T00:00:00Z")));
  private final FetchException gone = FetchException.permanent(Reason.LINK_MISSING, "Gone.");
  private final FetchException none = FetchException.permanent(Reason.FILE_GONE, "None.");
  private final FetchException busy =
      FetchException.passing(Reason.FILE_UNAVAILABLE, "Busy.", null);

  private static FileReference at(String name) {
    return FileReference.of(SignedLink.of("https://contoso.com/" + name));
  }

  private static FileLocator finding(String name) {
    return event -> at(name);
  }

  private static FileLocator failing(FetchException failure) {
    return event -> {
      throw failure;
    };
  }

  private static String located(FileLocator locator) {
    return locator.locate(EVENT).name();
  }

  @Test
  void theFirstThatFindsTheFileIsTaken() {
    assertEquals("a", located(finding("a").or(finding("b"))));
    assertEquals("b", located(failing(gone).or(finding("b"))));
    assertEquals("b", located(failing(busy).or(finding("b"))));
    assertEquals("c", located(failing(gone).or(failing(none)).or(finding("c"))));
  }

  @Test
  void ifNoneFindsItAnotherTryIsWorthItIfItIsForOne() {
    assertSame(
        busy, assertThrows(FetchException.class, () -> located(failing(busy).or(failing(none)))));
    assertSame(
        busy, assertThrows(FetchException.class, () -> located(failing(gone).or(failing(busy)))));
    FetchException neither =
        assertThrows(FetchException.class, () -> located(failing(gone).or(failing(gone))));
    assertFalse(neither.retryable());
    assertEquals(Reason.LINK_MISSING, neither.reason());
    assertEquals("Gone. Nor this: Gone.", neither.getMessage());
  }

  @Test
  void whatIsWrongIsToldAloneIfTheOthersOnlyHaveNoLink() {
    FileLocator broken = failing(none);
    FileLocator without = failing(gone);
    assertSame(
        none,
        assertThrows(FetchException.class, () -> located(without.or(broken).or(without))));
  }

  @Test
  void aLinkThatFailsIsRenewedByTheNext() {
    Optional<FileReference> renewed = finding("a").or(finding("b")).renew(EVENT, gone);
    assertEquals("b", renewed.orElseThrow().name());
    assertTrue(finding("a").renew(EVENT, gone).isEmpty());
    assertTrue(finding("a").or(failing(none)).renew(EVENT, gone).isEmpty());
    assertSame(
        busy,
        assertThrows(
            FetchException.class, () -> finding("a").or(failing(busy)).renew(EVENT, gone)));
  }

  @Test
  void theFirstExpiryThatIsKnownCounts() {
    Instant dies = Instant.parse("2030-01-01T01:00:00Z");
    FileLocator telling = new FileLocator() {
      @Override
      public FileReference locate(BusinessEvent event) {
        return at("told");
      }

      @Override
      public Optional<Instant> expiry(BusinessEvent event) {
        return Optional.of(dies);
      }
    };
    assertEquals(Optional.of(dies), finding("a").or(telling).expiry(EVENT));
    assertEquals(Optional.empty(), finding("a").or(finding("b")).expiry(EVENT));
  }
}
