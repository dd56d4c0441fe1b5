package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.SignedLink;
import dev.landfall.file.SignedLinks;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a stranger's link; the links stand in {@code links.txt}. */
@Timeout(20)
class LinkCorpusTest {

  private static final int MILLION = 1_000_000;

  private static final Map<String, HostPolicy> POLICIES = Map.of(
      "azure", HostPolicy.azureStorage(),
      "contoso", HostPolicy.nothing().allow("*.contoso.com").allow("files.fabrikam.com"),
      "local",
          HostPolicy.nothing()
              .trust(URI.create("http://127.0.0.1:10000"))
              .trust(URI.create("http://[::1]:10000")),
      "inside",
          HostPolicy.nothing()
              .trust(URI.create("https://10-0-0-7.corp.example"))
              .trust(URI.create("http://files.contoso.com")));

  /** A line of the table. */
  record Row(String expected, String policy, String link) {

    static Row of(String line) {
      String[] cells = line.split(" \\| ", 3);
      String link = cells[2].translateEscapes();
      return new Row(
          cells[0],
          cells[1],
          link.endsWith("?SAS") ? SignedLinks.at(link.substring(0, link.length() - 4)) : link);
    }
  }

  static List<Row> rows() throws Exception {
    var table =
        Objects.requireNonNull(LinkCorpusTest.class.getResourceAsStream("links.txt"), "links.txt");
    try (var reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      List<Row> rows = reader
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(Row::of)
          .toList();
      assertTrue(rows.size() >= 200, "rows are missing");
      return rows;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aLinkIsFollowedOrRefusedAsTheTableSays(Row row) throws Exception {
    HostPolicy policy =
        Objects.requireNonNull(POLICIES.get(row.policy())).resolvedBy(TestNames::told);
    if (row.expected().equals("allowed")) {
      URI uri = SignedLink.of(row.link()).toUri();
      policy.check(uri);
      assertFalse(policy
          .addressesOf(uri.getHost().replaceAll("[\\[\\]]", ""), portOf(uri))
          .isEmpty());
      return;
    }
    FetchException refused = refusal(policy, row.link());
    assertEquals(row.expected(), refused.reason().name(), refused.getMessage());
    assertEquals(refused.reason() == Reason.FILE_UNAVAILABLE, refused.retryable());
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
    assertFalse(refused.getMessage().contains("password"), refused.getMessage());
  }

  private static FetchException refusal(HostPolicy policy, String link) {
    return assertThrows(
        FetchException.class, () -> policy.check(SignedLink.of(link).toUri()));
  }

  private static int portOf(URI uri) {
    return uri.getPort() != -1 ? uri.getPort() : uri.getScheme().equals("http") ? 80 : 443;
  }

  /** A host, of which one part fills a million characters. */
  static Stream<String> endlessHosts() {
    return Stream.of(
        "a".repeat(MILLION) + ".blob.core.windows.net",
        "a.".repeat(MILLION / 2) + "blob.core.windows.net",
        "a".repeat(64) + ".blob.core.windows.net",
        "a.".repeat(117) + "blob.core.windows.net",
        ".".repeat(MILLION),
        "-".repeat(MILLION),
        "@".repeat(MILLION) + "a.blob.core.windows.net",
        "%41".repeat(MILLION / 3),
        "[" + ":".repeat(MILLION) + "]",
        "[" + "0:".repeat(MILLION / 2) + "1]",
        "[::1%25" + "a".repeat(MILLION) + "]",
        "1".repeat(MILLION),
        "1.".repeat(MILLION / 2),
        "a.blob.core.windows.net:" + "4".repeat(MILLION),
        "a.blob.core.windows.net:" + "0".repeat(MILLION) + "8",
        "ä".repeat(MILLION),
        "\uD83D\uDE00".repeat(MILLION / 2));
  }

  @ParameterizedTest
  @MethodSource("endlessHosts")
  void anEndlessHostIsRefusedShortly(String host) {
    FetchException refused =
        refusal(HostPolicy.azureStorage(), SignedLinks.at("https://" + host + "/dmf/f.csv"));
    assertFalse(refused.retryable(), refused.getMessage());
    assertTrue(refused.getMessage().length() < 600, refused.getMessage());
  }

  /** Addresses of this machine, as Java or as C libraries read them. */
  static Stream<String> spellings() {
    return Stream.of(
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0x7f.1",
        "0x7F.0x0.0x0.0x1",
        "127.000.000.001",
        "0",
        "0.0.0.0",
        "00",
        "0x0",
        "localhost",
        "::1",
        "[::1]",
        "::",
        "0:0:0:0:0:0:0:1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "[::ffff:7f00:0001]",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::127.0.0.1",
        "2002:7f00:1::",
        "2001:0:53aa:64c::80ff:fffe");
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void noSpellingOfThisMachineBecomesAnAddressToConnectTo(String spelling) {
    HostPolicy policy = HostPolicy.azureStorage();
    try {
      var addresses = policy.addressesOf(spelling, 443);
      throw new AssertionError(spelling + " may be connected to at " + addresses);
    } catch (UnknownHostException noAddress) {
      assertTrue(spelling.matches("[0-9xA-Fa-f.]+"), () -> spelling + " is none to Java");
    } catch (FetchException refused) {
      assertEquals(Reason.HOST_NOT_ALLOWED, refused.reason());
      assertFalse(refused.retryable());
    }
  }

  /** What C reads as octal, and so as this machine, Java reads as decimal. */
  @Test
  void theAddressThatIsJudgedIsTheOneThatIsGivenOut() throws Exception {
    HostPolicy policy = HostPolicy.azureStorage();
    assertEquals(List.of(TestNames.addresses("177.0.0.1")), policy.addressesOf("0177.0.0.1", 443));
    assertThrows(FetchException.class, () -> policy.addressesOf("0127.0.0.1", 443));
    assertThrows(FetchException.class, () -> policy.addressesOf("010.0.0.1", 443));
  }
}
