package dev.landfall.transport.finops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.contract.DataExport;
import dev.landfall.emulator.DataProject;
import dev.landfall.emulator.FinopsEmulator;
import dev.landfall.emulator.api.ApiCall;
import dev.landfall.emulator.api.ApiFault;
import dev.landfall.emulator.api.PackageBehaviour;
import dev.landfall.emulator.data.Entities;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.spi.Disposition;
import dev.landfall.transport.finops.Taker.Taken;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulated environment executes a data project, and the test decides on what comes of it. */
@Timeout(60)
class PackageExportsTest {

  private static final DataProject NIGHTLY =
      DataProject.named("Nightly").legalEntity("usmf").entity(Entities.customersV3(), 3);

  private final FinopsEmulator finops = FinopsEmulator.builder().start();
  private final FinopsEnvironment environment =
      FinopsEnvironment.at(finops.environment(), () -> "token");
  private final Taker taker = new Taker();
  private PackageExports source = builder("Nightly").build();

  private PackageExportsBuilder builder(String project) {
    return PackageExports.of(environment, project)
        .legalEntity("usmf")
        .interval(Duration.ofMillis(5), Duration.ofMillis(50))
        .grace(Duration.ofSeconds(10));
  }

  @BeforeEach
  void register() {
    finops.project(NIGHTLY);
  }

  @AfterEach
  void close() {
    source.close();
    finops.close();
  }

  private Taken requested() throws InterruptedException {
    source.start(taker);
    String id = source.request();
    Taken taken = taker.next();
    assertEquals(id, taken.member("ExecutionId"));
    return taken;
  }

  private String link(Taken taken) {
    return PackageLinkLocator.of(environment).locate(taken.event()).url();
  }

  private FetchException refusalOf(Taken taken) {
    return assertThrows(FetchException.class, () -> link(taken));
  }

  @Test
  void anExecutionBecomesAnEventByWhichItsPackageIsFound() throws Exception {
    Taken taken = requested();
    taken.accept();
    assertTrue(DataExport.events().matches(taken.event()));
    assertEquals("usmf", taken.event().legalEntity().orElseThrow().value());
    assertEquals("Nightly", taken.member("DefinitionGroupId"));
    assertEquals("Succeeded", taken.member("ExecutionStatus"));
    assertFalse(taken.delivery().untilStored());
    assertTrue(link(taken).contains(".zip?"));
    assertEquals(List.of(taken.member("ExecutionId")), finops.executions());
  }

  static Stream<PackageBehaviour> slowExecutions() {
    return Stream.of(
        PackageBehaviour.usual().notFoundFor(3),
        PackageBehaviour.usual().notRunFor(2).executingFor(3),
        PackageBehaviour.usual().urlEmptyFor(3),
        PackageBehaviour.usual().nestedValues(),
        PackageBehaviour.usual().synchronously(Duration.ofMillis(300)));
  }

  @ParameterizedTest
  @MethodSource("slowExecutions")
  void anExecutionIsAskedForUntilItsPackageIsThere(PackageBehaviour behaviour) throws Exception {
    finops.packages(behaviour);
    Taken taken = requested();
    taken.accept();
    assertTrue(link(taken).contains(".zip?"));
    assertEquals(1, finops.exportsStarted());
  }

  static Stream<ApiFault> callsThatMayHaveBeenServed() {
    return Stream.of(
        ApiFault.cutAfterwards(), ApiFault.statusAfterwards(500), ApiFault.statusAfterwards(504));
  }

  @ParameterizedTest
  @MethodSource("callsThatMayHaveBeenServed")
  void aCallWithoutAnAnswerIsNotRepeated(ApiFault fault) throws Exception {
    finops.fault(ApiCall.EXPORT_TO_PACKAGE, fault);
    Taken taken = requested();
    taken.accept();
    assertEquals("Succeeded", taken.member("ExecutionStatus"));
    assertEquals(1, finops.exportsStarted());
    assertEquals(List.of(taken.member("ExecutionId")), finops.executions());
  }

  static Stream<ApiFault> callsThatWereTurnedAway() {
    return Stream.of(
        ApiFault.status(401), ApiFault.status(403), ApiFault.loginPage(), ApiFault.throttled(1));
  }

  @ParameterizedTest
  @MethodSource("callsThatWereTurnedAway")
  void aCallThatWasTurnedAwayIsRepeated(ApiFault fault) throws Exception {
    finops.fault(ApiCall.EXPORT_TO_PACKAGE, fault);
    Taken taken = requested();
    taken.accept();
    assertEquals("Succeeded", taken.member("ExecutionStatus"));
    assertEquals(1, finops.exportsStarted());
    assertEquals("restored", taker.told().get(1));
  }

  @Test
  void aCallThatWasLostIsMissedInTheEndAndNotRepeated() throws Exception {
    finops.fault(ApiCall.EXPORT_TO_PACKAGE, ApiFault.cut());
    source = builder("Nightly").grace(Duration.ofMillis(50)).build();
    Taken taken = requested();
    taken.accept();
    assertEquals("NotFound", taken.member("ExecutionStatus"));
    assertEquals(0, finops.exportsStarted());
    FetchException refused = refusalOf(taken);
    assertEquals(Reason.EXPORT_FAILED, refused.reason());
    assertFalse(refused.retryable());
  }

  @Test
  void aProjectThatDoesNotExistIsToldAlthoughFinopsIsSilent() throws Exception {
    source = builder("Nightli").grace(Duration.ofMillis(50)).build();
    Taken taken = requested();
    taken.accept();
    String message = String.valueOf(refusalOf(taken).getMessage());
    assertTrue(message.contains("Nightli does not exist"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Failed", "Canceled"})
  void anExecutionThatFailedIsRefusedWithFinopsOwnErrors(String status) throws Exception {
    finops.packages(PackageBehaviour.usual()
        .endingAs(status)
        .withErrors("[{\"ErrorMessage\":\"Record never selected\"}]"));
    Taken taken = requested();
    taken.accept();
    String message = String.valueOf(refusalOf(taken).getMessage());
    assertTrue(message.contains(status), message);
    assertTrue(message.contains("Record never selected"), message);
  }

  @Test
  void anExecutionThatSucceededInPartHasItsPackageAndFinopsOwnErrors() throws Exception {
    finops.packages(PackageBehaviour.usual()
        .endingAs("PartiallySucceeded")
        .withErrors("[{\"ErrorMessage\":\"Staging failed\"}]"));
    Taken taken = requested();
    taken.accept();
    assertTrue(link(taken).contains(".zip?"));
    assertEquals("PartiallySucceeded", taken.member("ExecutionStatus"));
    assertTrue(taken.member("ExecutionErrors").contains("Staging failed"));
  }

  @Test
  void whatKeepsFinopsFromTellingTheStatusIsOutlasted() throws Exception {
    for (ApiFault fault : List.of(
        ApiFault.status(502), ApiFault.cut(), ApiFault.throttled(1), ApiFault.status(401))) {
      finops.fault(ApiCall.STATUS, fault);
    }
    finops.fault(ApiCall.PACKAGE_URL, ApiFault.status(500));
    Taken taken = requested();
    taken.accept();
    assertEquals("Succeeded", taken.member("ExecutionStatus"));
    assertEquals(1, finops.exportsStarted());
  }

  @Test
  void executionsOfOneProjectNeverRunAtOnce() throws Exception {
    finops.packages(PackageBehaviour.usual().executingFor(3));
    source.start(taker);
    try (PackageExports other = builder("Nightly").build()) {
      other.start(taker);
      for (int i = 0; i < 3; i++) {
        source.request();
        other.request();
      }
      for (int i = 0; i < 6; i++) {
        Taken taken = taker.next();
        taken.accept();
        assertEquals("Succeeded", taken.member("ExecutionStatus"));
      }
    }
    assertEquals(0, finops.overlappingExecutions());
    assertEquals(6, finops.exportsStarted());
  }

  @Test
  void aScheduledExecutionIsFoundAgainAfterARestartAndNotBegunTwice() throws Exception {
    finops.packages(PackageBehaviour.usual().executingFor(3));
    source = builder("Nightly").every(Duration.ofDays(36_500)).build();
    source.start(taker);
    Taker.await(() -> finops.exportsStarted() == 1);
    source.close();
    assertTrue(taker.isEmpty());

    source = builder("Nightly").every(Duration.ofDays(36_500)).build();
    source.start(taker);
    Taken taken = taker.next();
    taken.accept();
    source.close();

    source = builder("Nightly").every(Duration.ofDays(36_500)).build();
    source.start(taker);
    Taken again = taker.next();
    again.accept();
    assertEquals(taken.event().id(), again.event().id());
    assertEquals(taken.event().time(), again.event().time());
    assertEquals(1, finops.exportsStarted());
  }

  @Test
  void aScheduleStartsOneExecutionForEachInterval() throws Exception {
    source =
        builder("Nightly").every(Duration.ofSeconds(1)).lookBack(Duration.ZERO).build();
    source.start(taker);
    Taken first = taker.next();
    first.accept();
    Taken second = taker.next();
    second.accept();
    assertEquals(
        Duration.ofSeconds(1),
        Duration.between(first.event().time(), second.event().time()));
  }

  @Test
  void exportsThatTakeLongerThanTheirIntervalDoNotLineUp() throws Exception {
    finops.packages(PackageBehaviour.usual().executingFor(45));
    source =
        builder("Nightly").every(Duration.ofSeconds(1)).lookBack(Duration.ZERO).build();
    source.start(taker);
    taker.next().accept();
    Taken second = taker.next();
    second.accept();
    Taken third = taker.next();
    third.accept();
    Duration between = Duration.between(second.event().time(), third.event().time());
    assertTrue(between.compareTo(Duration.ofSeconds(1)) > 0, between::toString);
  }

  @Test
  void anExecutionOfAGivenIdIsBegunOnceHoweverOftenItIsRequested() throws Exception {
    source.start(taker);
    source.request("month-end-2030-01");
    taker.next().accept();
    source.close();
    source = builder("Nightly").build();
    source.start(taker);
    source.request("month-end-2030-01");
    taker.next().accept();
    assertEquals(1, finops.exportsStarted());
  }

  @Test
  void anExecutionThatAPersonHasStartedIsFollowed() throws Exception {
    finops.packages(PackageBehaviour.usual().executingFor(2));
    String id = finops.execute(NIGHTLY);
    source.start(taker);
    source.follow(id);
    Taken taken = taker.next();
    taken.accept();
    assertEquals(id, taken.member("ExecutionId"));
    assertTrue(link(taken).contains(".zip?"));
    assertEquals(0, finops.exportsStarted());
  }

  @Test
  void executionsAreFoundInTheListThatFinopsOffers() throws Exception {
    finops.execute(DataProject.named("Other").entity(Entities.customersV3(), 1));
    String id = finops.execute(NIGHTLY);
    source = builder("Nightly")
        .listedIn(ListedExecutions.in("DataManagementExecutionJobDetails")
            .sweptEvery(Duration.ofMillis(20)))
        .build();
    finops.fault(ApiCall.EXECUTIONS, ApiFault.status(502));
    source.start(taker);
    Taken taken = taker.next();
    taken.accept();
    assertEquals(id, taken.member("ExecutionId"));
    String later = finops.execute(NIGHTLY);
    Taken next = taker.next();
    next.accept();
    assertEquals(later, next.member("ExecutionId"));
    assertTrue(taker.isEmpty());
  }

  @Test
  void anEventThatHasNoRoomIsHandedOverAgain() throws Exception {
    Taken first = requested();
    first.verdict().complete(Disposition.tryLater(Duration.ofMillis(1), "No room."));
    Taken again = taker.next();
    again.accept();
    assertEquals(first.event(), again.event());
    assertEquals(1, finops.exportsStarted());
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> PackageExports.of(environment, " "));
    assertThrows(IllegalArgumentException.class, () -> builder("x").every(Duration.ofMillis(999)));
    assertThrows(IllegalArgumentException.class, () -> builder("x").grace(Duration.ofMillis(-1)));
    assertThrows(IllegalArgumentException.class, () -> builder("x").givingUpAfter(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> ListedExecutions.in("a/b"));
    assertThrows(IllegalStateException.class, () -> source.request());
    source.start(taker);
    assertThrows(IllegalArgumentException.class, () -> source.request("no spaces here"));
    assertThrows(IllegalArgumentException.class, () -> source.follow(" "));
  }
}
