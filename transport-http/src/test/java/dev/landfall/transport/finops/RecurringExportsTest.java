package dev.landfall.transport.finops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.MemoryLedger;
import dev.landfall.contract.DataExport;
import dev.landfall.emulator.DataProject;
import dev.landfall.emulator.FinopsEmulator;
import dev.landfall.emulator.RecurringExport;
import dev.landfall.emulator.api.ApiCall;
import dev.landfall.emulator.api.ApiFault;
import dev.landfall.emulator.data.Entities;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.spi.Disposition;
import dev.landfall.transport.finops.Taker.Taken;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The emulated environment hands out messages, and the test decides on what comes of them. */
@Timeout(60)
class RecurringExportsTest {

  private static final DataProject CUSTOMERS =
      DataProject.named("Nightly customers").entity(Entities.customersV3(), 3);

  @TempDir
  private Path folder;

  private FinopsEmulator finops = FinopsEmulator.builder().start();
  private RecurringExport recurring = finops.recurring(CUSTOMERS);
  private final Taker taker = new Taker();
  private RecurringExports source = source();

  private void handedOutAgainAfter(Duration time) {
    finops.close();
    finops = FinopsEmulator.builder().redeliverAfter(time).start();
    recurring = finops.recurring(CUSTOMERS);
    source = source();
  }

  private FinopsEnvironment environment() {
    return FinopsEnvironment.at(finops.environment(), () -> "token");
  }

  private RecurringExportsBuilder builder() {
    return RecurringExports.of(environment(), recurring.activityId())
        .entity("Customers V3")
        .legalEntity("USMF")
        .interval(Duration.ofMillis(5), Duration.ofMillis(50));
  }

  private RecurringExports source() {
    return builder().build();
  }

  @AfterEach
  void close() {
    source.close();
    finops.close();
  }

  @Test
  void aMessageBecomesAnEventLikeThatOfAnExport() throws Exception {
    recurring.run();
    source.start(taker);
    Taken taken = taker.next();
    BusinessEvent event = taken.event();
    assertTrue(DataExport.events().matches(event));
    assertEquals("Customers V3", event.entity().orElseThrow());
    assertEquals("usmf", event.legalEntity().orElseThrow().value());
    assertEquals(recurring.activityId().toString(), taken.member("ActivityId"));
    assertEquals(source.name(), taken.delivery().source());
    assertTrue(taken.delivery().untilStored());
    taken.accept();
  }

  @Test
  void aMessageIsAcknowledgedOnceItIsStoredAndNoSooner() throws Exception {
    recurring.run();
    recurring.run();
    source.start(taker);
    Taken first = taker.next();
    Taken second = taker.next();
    assertEquals(0, recurring.acknowledged());
    second.accept();
    Taker.await(() -> recurring.acknowledged() == 1);
    first.accept();
    Taker.await(() -> recurring.acknowledged() == 2);
    assertEquals(2, recurring.dequeued());
    assertEquals(List.of(), taker.told());
  }

  @Test
  void noMoreMessagesAreTakenThanMayBeUnderWay() throws Exception {
    source = builder().atOnce(2).build();
    recurring.run();
    recurring.run();
    recurring.run();
    source.start(taker);
    Taken first = taker.next();
    Taken second = taker.next();
    assertEquals(2, recurring.dequeued());
    first.accept();
    second.accept();
    taker.next().accept();
  }

  @Test
  void whileThereIsNothingItIsAskedForEverMoreRarely() throws Exception {
    source = builder().interval(Duration.ofMillis(1), Duration.ofHours(1)).build();
    source.start(taker);
    // 1 + 2 + 4 + ... + 512 ms are over after ten questions, and 1024 ms follow.
    Taker.await(() -> finops.apiCalls().size() >= 9);
    assertTrue(finops.apiCalls().size() <= 12, finops.apiCalls()::toString);
    assertTrue(source.isReady());
  }

  static Stream<ApiFault> faultsOfAcknowledgements() {
    return Stream.of(
        ApiFault.status(500),
        ApiFault.status(502),
        ApiFault.cut(),
        ApiFault.throttled(1),
        ApiFault.statusAfterwards(503),
        ApiFault.cutAfterwards());
  }

  @ParameterizedTest
  @MethodSource("faultsOfAcknowledgements")
  void anAcknowledgementIsRepeatedAloneAndTheEventIsNot(ApiFault fault) throws Exception {
    finops.fault(ApiCall.ACKNOWLEDGE, fault);
    recurring.run();
    source.start(taker);
    taker.next().accept();
    Taker.await(() -> recurring.acknowledged() == 1);
    source.close();
    assertTrue(taker.isEmpty());
    assertEquals(1, recurring.dequeued());
  }

  @Test
  void whatIsHandedOutAgainIsTheSameEvent() throws Exception {
    handedOutAgainAfter(Duration.ofMillis(100));
    recurring.run();
    source.start(taker);
    Taken first = taker.next();
    first.verdict().complete(Disposition.refused("The landing is dead."));
    Taken again = taker.next();
    assertEquals(first.event().id(), again.event().id());
    assertEquals(0, recurring.acknowledged());
    again.accept();
    Taker.await(() -> recurring.acknowledged() == 1);
  }

  @Test
  void aLandingThatTakesLongerThanFinopsWaitsIsAcknowledgedWithTheNewerCopy() throws Exception {
    handedOutAgainAfter(Duration.ofMillis(100));
    recurring.run();
    source.start(taker);
    Taken taken = taker.next();
    Taker.await(() -> recurring.dequeued() >= 2);
    taken.accept();
    Taker.await(() -> recurring.acknowledged() == 1);
    assertTrue(taker.isEmpty());
  }

  @Test
  void anEventThatHasNoRoomIsHandedOverAgain() throws Exception {
    recurring.run();
    source.start(taker);
    Taken first = taker.next();
    first.verdict().complete(Disposition.tryLater(Duration.ofMillis(1), "No room."));
    Taken again = taker.next();
    assertEquals(first.event().id(), again.event().id());
    assertEquals(1, recurring.dequeued());
    again.accept();
    Taker.await(() -> recurring.acknowledged() == 1);
  }

  @Test
  void aReceiverThatThrowsCostsNothing() throws Exception {
    handedOutAgainAfter(Duration.ofMillis(100));
    recurring.run();
    recurring.run();
    source.start(delivery -> {
      throw new IllegalStateException("This receiver breaks its contract on purpose.");
    });
    Taker.await(() -> recurring.dequeued() >= 4);
    assertEquals(0, recurring.acknowledged());
  }

  @Test
  void aRunThatFailedIsAnEventWithoutAFileWhichIsRefusedWithFinopsOwnWords() throws Exception {
    recurring.runEmpty();
    source.start(taker);
    Taken taken = taker.next();
    assertFalse(taken.delivery().untilStored());
    FetchException refused = assertThrows(
        FetchException.class, () -> DequeuedFileLocator.of(environment()).locate(taken.event()));
    assertEquals(Reason.EXPORT_FAILED, refused.reason());
    assertFalse(refused.retryable());
    assertTrue(
        String.valueOf(refused.getMessage()).contains(taken.member("FileDownLoadErrorMessage")));
    taken.verdict().complete(Disposition.refused("It is a dead letter already."));
    Taker.await(() -> recurring.acknowledged() == 1);
  }

  @Test
  void aRunWithoutRecordsIsAcknowledgedIfFinopsSaysSo() throws Exception {
    source = builder().emptyIfFinopsSays(Pattern.compile("no record")).build();
    recurring.runEmpty();
    source.start(taker);
    Taker.await(() -> recurring.acknowledged() == 1);
    assertTrue(taker.isEmpty());
  }

  @Test
  void aSweepLooksAtAllThatWaitsWithoutAPause() {
    Duration hour = Duration.ofHours(1);
    source = builder().interval(hour, hour).reconciling(MemoryLedger.create()).build();
    for (int i = 0; i < 3; i++) {
      recurring.run();
    }
    source.start(taker);
    Taker.await(() -> recurring.dequeued() == 3);
    assertTrue(taker.isEmpty());
  }

  static Stream<ApiFault> faultsOfQuestions() {
    return Stream.of(
        ApiFault.status(500),
        ApiFault.status(502),
        ApiFault.status(401),
        ApiFault.loginPage(),
        ApiFault.throttled(1),
        ApiFault.cut());
  }

  @ParameterizedTest
  @MethodSource("faultsOfQuestions")
  void whatKeepsFinopsFromAnsweringIsToldOnceAndOutlasted(ApiFault fault) throws Exception {
    finops.fault(ApiCall.DEQUEUE, fault);
    finops.fault(ApiCall.DEQUEUE, fault);
    recurring.run();
    source.start(taker);
    taker.next().accept();
    Taker.await(() -> recurring.acknowledged() == 1);
    assertEquals(2, taker.told().size(), taker.told()::toString);
    assertTrue(taker.told().get(0).startsWith("lost: "));
    assertEquals("restored", taker.told().get(1));
  }

  @Test
  void anEnvironmentThatIsBusyIsLeftAloneAsLongAsItAsks() throws Exception {
    finops.fault(ApiCall.DEQUEUE, ApiFault.throttled(2));
    long begin = System.nanoTime();
    recurring.run();
    source.start(taker);
    taker.next().accept();
    assertTrue(Duration.ofNanos(System.nanoTime() - begin).toMillis() >= 1_900);
  }

  @Test
  void aRedirectIsToldAsAMatterOfTheToken() throws Exception {
    finops.fault(ApiCall.DEQUEUE, ApiFault.loginPage());
    source.start(taker);
    Taker.await(() -> !taker.told().isEmpty());
    assertTrue(taker.told().get(0).contains("token is not accepted"), taker.told()::toString);
  }

  @Test
  void aTokenThatCannotBeHadIsToldAndAskedForAgain() throws Exception {
    var tokens = new AtomicInteger();
    FinopsEnvironment environment = FinopsEnvironment.at(finops.environment(), () -> {
      if (tokens.incrementAndGet() == 1) {
        throw new IllegalStateException("The vault is sealed.");
      }
      return "token";
    });
    source = RecurringExports.of(environment, recurring.activityId())
        .interval(Duration.ofMillis(5), Duration.ofMillis(50))
        .build();
    recurring.run();
    source.start(taker);
    Taken taken = taker.next();
    taken.accept();
    assertEquals(recurring.activityId().toString(), taken.member("FileName"));
  }

  @Test
  void theFileLiesInTheEnvironmentWhateverSchemeAndPortFinopsTells() throws Exception {
    recurring.run();
    source = builder().fileName("Customers.csv").build();
    source.start(taker);
    Taken taken = taker.next();
    assertTrue(taken.member("DownloadLocation").contains(":80/"));
    FileReference file = DequeuedFileLocator.of(environment()).locate(taken.event());
    assertTrue(file.url().startsWith(finops.environment() + "/api/connector/download/"));
    assertEquals("Customers.csv", file.name());
    assertEquals("token", file.token().orElseThrow().get());
    taken.accept();
  }

  @Test
  void anEnvironmentThatCannotBeReachedIsWaitedFor() throws Exception {
    URI gone = finops.environment();
    finops.close();
    source = RecurringExports.of(FinopsEnvironment.at(gone, () -> "t"), recurring.activityId())
        .interval(Duration.ofMillis(5), Duration.ofMillis(20))
        .build();
    source.start(taker);
    Taker.await(() -> !taker.told().isEmpty());
    assertFalse(source.isReady());
  }

  @Test
  void closingWaitsForWhatIsUnderWay() throws Exception {
    recurring.run();
    source.start(taker);
    Taken taken = taker.next();
    Thread closing = new Thread(source::close, "closing");
    closing.start();
    Taker.await(() -> closing.getState() == Thread.State.TIMED_WAITING);
    taken.accept();
    closing.join(20_000);
    assertEquals(1, recurring.acknowledged());
    int asked = finops.apiCalls().size();
    recurring.run();
    assertEquals(asked, finops.apiCalls().size());
  }

  @Test
  void itIsStartedOnce() {
    source.start(taker);
    assertThrows(IllegalStateException.class, () -> source.start(taker));
    source.close();
    assertThrows(IllegalStateException.class, () -> source.start(taker));
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> builder().entity(" "));
    assertThrows(IllegalArgumentException.class, () -> builder().legalEntity(""));
    assertThrows(IllegalArgumentException.class, () -> builder().fileName(""));
    assertThrows(IllegalArgumentException.class, () -> builder().atOnce(0));
    Duration second = Duration.ofSeconds(1);
    assertThrows(IllegalArgumentException.class, () -> builder().interval(Duration.ZERO, second));
    assertThrows(
        IllegalArgumentException.class, () -> builder().interval(second, Duration.ofMillis(1)));
  }

  @Test
  void tokensOfEntraLetInAndAreRenewed() throws Exception {
    finops.close();
    Path keyStore = EntraAuthority.keyStore(folder.resolve("entra.p12"), "RSA", 2048);
    String application = "00000000-1111-2222-3333-444444444444";
    try (EntraAuthority trusted = new EntraAuthority(keyStore)) {
      finops = FinopsEmulator.builder().tokensOverTls(trusted.serving()).start();
      finops.application("contoso.onmicrosoft.com", application, "s3cret");
      recurring = finops.recurring(CUSTOMERS);
      EntraTokens tokens = EntraTokens.of("contoso.onmicrosoft.com", application)
          .authority(finops.authority())
          .trusting(trusted.trust())
          .secret("s3cret")
          .forEnvironment(finops.environment());
      source = RecurringExports.of(
              FinopsEnvironment.at(finops.environment(), tokens), recurring.activityId())
          .interval(Duration.ofMillis(5), Duration.ofMillis(50))
          .build();
      recurring.run();
      source.start(taker);
      taker.next().accept();
      Taker.await(() -> recurring.acknowledged() == 1);
      assertEquals(1, finops.tokensIssued());
    }
  }
}
