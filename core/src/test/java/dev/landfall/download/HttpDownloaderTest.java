package dev.landfall.download;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.Sha256;
import dev.landfall.file.SignedLink;
import dev.landfall.file.SignedLinks;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDownloaderTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:30:00Z");
  private static final Instant LATER = NOW.plusSeconds(600);

  @RegisterExtension
  static final WireMockExtension host = WireMockExtension.newInstance()
      .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
      .build();

  @TempDir
  Path folder;

  private Path target;
  private HttpDownloader downloader;

  @BeforeEach
  void setUp() {
    target = folder.resolve("file");
    downloader = new HttpDownloader(
        HostPolicy.nothing().trust(URI.create(host.baseUrl())), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static HttpDownloader impatient(Duration longestStall) {
    HostPolicy hosts = HostPolicy.nothing().trust(URI.create(host.baseUrl()));
    Patience patience = new Patience(Duration.ofSeconds(10), longestStall);
    return new HttpDownloader(
        hosts,
        Clock.fixed(NOW, ZoneOffset.UTC),
        JdkHttpReader::open,
        DownloadLimits.usual().patience(patience));
  }

  private static void answering(ResponseDefinitionBuilder answer) {
    host.stubFor(get(anyUrl()).willReturn(answer));
  }

  private Downloaded fetch() throws InterruptedException {
    return fetch(link());
  }

  private static String link() {
    return SignedLinks.at(host.baseUrl() + "/dmf/f.csv", LATER);
  }

  private Downloaded fetch(String url) throws InterruptedException {
    return downloader.fetch(reference(url), Part.at(target), (soFar, inAll) -> {});
  }

  private static FileReference reference(String url) {
    return FileReference.of(SignedLink.of(url));
  }

  private FetchException refusal() {
    return assertThrows(FetchException.class, this::fetch);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "262143", "262144", "262145", "3000000"})
  void everyByteArrivesWithItsLengthAndDigest(int length) throws Exception {
    byte[] bytes = random(length);
    answering(aResponse().withBody(bytes));
    Downloaded downloaded = fetch();
    assertArrayEquals(bytes, Files.readAllBytes(target));
    assertEquals(new Downloaded(length, Sha256.of(bytes)), downloaded);
  }

  @Test
  void anOlderFileAtTheTargetIsReplacedWhole() throws Exception {
    Files.write(target, random(5000));
    answering(aResponse().withBody("short"));
    fetch();
    assertEquals("short", Files.readString(target));
  }

  @Test
  void theLinkIsUsedByteForByteAndWithoutCredentials() throws Exception {
    answering(aResponse().withBody("x"));
    String spelling = SignedLinks.at("/dmf/Customer%20g%7B01%7D.csv", LATER);
    fetch(host.baseUrl() + spelling);
    host.verify(getRequestedFor(WireMock.urlEqualTo(spelling)).withoutHeader("Authorization"));
  }

  @Test
  void progressGrowsToTheWholeLength() throws Exception {
    answering(aResponse().withBody(random(1_000_000)));
    List<Long> steps = new ArrayList<>();
    var reference = reference(host.baseUrl() + "/f");
    downloader.fetch(reference, Part.at(target), (soFar, inAll) -> steps.add(soFar));
    assertEquals(steps.stream().sorted().distinct().toList(), steps);
    assertEquals(1_000_000, steps.get(steps.size() - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "301, LINK_REFUSED, false",
    "400, LINK_REFUSED, false",
    "401, LINK_REFUSED, false",
    "403, LINK_REFUSED, false",
    "404, FILE_GONE, false",
    "409, LINK_REFUSED, false",
    "429, FILE_UNAVAILABLE, true",
    "500, FILE_UNAVAILABLE, true",
    "503, FILE_UNAVAILABLE, true"
  })
  void everyRefusalHasItsName(int status, Reason reason, boolean retryable) {
    answering(
        aResponse().withStatus(status).withHeader("Location", "/elsewhere").withBody("<Error/>"));
    FetchException refused = refusal();
    assertEquals(reason, refused.reason());
    assertEquals(retryable, refused.retryable());
    assertTrue(refused.getMessage().contains(Integer.toString(status)), refused.getMessage());
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
    host.verify(0, getRequestedFor(WireMock.urlEqualTo("/elsewhere")));
  }

  @Test
  void azuresExplanationTellsAnExpiredLinkFromAChangedOne() {
    answering(aResponse()
        .withStatus(403)
        .withBody("<Error><Code>AuthenticationFailed</Code><AuthenticationErrorDetail>Signature not"
            + " valid in the specified time frame: Start [..] - Expiry [..]"
            + "</AuthenticationErrorDetail></Error>"));
    assertEquals(Reason.LINK_EXPIRED, refusal().reason());
    answering(aResponse()
        .withStatus(403)
        .withBody("<Error><AuthenticationErrorDetail>Signature did not match"
            + "</AuthenticationErrorDetail></Error>"));
    assertEquals(Reason.LINK_REFUSED, refusal().reason());
  }

  @Test
  void aLinkWhoseTimeIsOverIsNotEvenAsked() {
    host.resetRequests();
    answering(aResponse().withBody("x"));
    FetchException expired = assertThrows(
        FetchException.class,
        () -> fetch(SignedLinks.at(host.baseUrl() + "/f", NOW.minusSeconds(300))));
    assertEquals(Reason.LINK_EXPIRED, expired.reason());
    assertFalse(expired.retryable());
    assertTrue(expired.getMessage().contains("full push"), expired.getMessage());
    host.verify(0, getRequestedFor(anyUrl()));
  }

  @Test
  void aLinkThatWasCutOffIsNotEvenAsked() {
    host.resetRequests();
    answering(aResponse().withBody("x"));
    String cut = SignedLinks.delegatedAt(host.baseUrl() + "/dmf/f.csv").substring(0, 255);
    FetchException refused = assertThrows(FetchException.class, () -> fetch(cut));
    assertEquals(Reason.LINK_TRUNCATED, refused.reason());
    assertFalse(refused.retryable());
    host.verify(0, getRequestedFor(anyUrl()));
  }

  @Test
  void aConnectionCutInTheBodyCanBeTriedAgain() {
    answering(aResponse().withHeader("Content-Length", "1000").withBody(random(100)));
    FetchException cut = refusal();
    assertEquals(Reason.FILE_UNAVAILABLE, cut.reason());
    assertTrue(cut.retryable());
  }

  @Test
  void anAnswerThatDoesNotComeAndABodyThatStandsStillAreGivenUp() {
    HttpDownloader impatient = impatient(Duration.ofMillis(200));
    byte[] content = new byte[1 << 20];
    for (var slow : List.of(
        aResponse().withFixedDelay(60_000),
        aResponse().withBody(content).withChunkedDribbleDelay(2, 120_000))) {
      answering(slow);
      var refused = assertThrows(
          FetchException.class,
          () -> impatient.fetch(reference(link()), Part.at(target), (soFar, all) -> {}));
      assertEquals(Reason.FILE_UNAVAILABLE, refused.reason());
      assertTrue(refused.getMessage().contains("stands still"), refused.getMessage());
      assertTrue(refused.retryable());
      assertFalse(Thread.interrupted(), "nobody was interrupted");
    }
  }

  @Test
  void aSlowDownloadThatMovesIsAwaited() throws Exception {
    HttpDownloader impatient = impatient(Duration.ofSeconds(1));
    answering(aResponse().withBody(new byte[8 << 20]).withChunkedDribbleDelay(20, 3_000));
    assertEquals(
        8 << 20,
        impatient.fetch(reference(link()), Part.at(target), (soFar, all) -> {}).length());
  }

  @Test
  void garbageAndResetsInsteadOfAnAnswerCanBeTriedAgain() {
    for (Fault fault : Fault.values()) {
      answering(aResponse().withFault(fault));
      FetchException broken = refusal();
      assertEquals(Reason.FILE_UNAVAILABLE, broken.reason(), fault.name());
      assertTrue(broken.retryable(), fault.name());
    }
  }

  @Test
  void aHostThatIsNotAllowedIsNotAsked() {
    host.resetRequests();
    var strict = new HttpDownloader(HostPolicy.azureStorage(), Clock.fixed(NOW, ZoneOffset.UTC));
    var reference = reference(host.baseUrl() + "/f");
    FetchException refused = assertThrows(
        FetchException.class, () -> strict.fetch(reference, Part.at(target), (soFar, inAll) -> {}));
    assertEquals(Reason.HOST_NOT_ALLOWED, refused.reason());
    host.verify(0, getRequestedFor(anyUrl()));
  }

  @Test
  void aSpoolThatCannotBeWrittenIsNamed() throws Exception {
    answering(aResponse().withBody("x"));
    target = folder.resolve("missing").resolve("file");
    FetchException refused = refusal();
    assertEquals(Reason.SPOOL_UNAVAILABLE, refused.reason());
    assertTrue(refused.retryable());
  }
}
