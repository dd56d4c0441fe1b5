package dev.landfall.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.event.Redaction;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a link tells; each row is named after what it proves of F&O's and Azure's links. */
class SignedLinkTest {

  private static final String BLOB =
      "https://d365fo0a1b2c3d4e5f.blob.core.windows.net/dmf/Customer%20g%7B0%7D.json";

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
          observed in 2019      | https://d365fo0a1b2c3d4e5f.blob.core.windows.net/dmf/Customer%20g%7B00000000AAAABBBBCCCCDDDDEEEEFFFF%7D.json | d365fo0a1b2c3d4e5f.blob.core.windows.net | dmf | Customer g{00000000AAAABBBBCCCCDDDDEEEEFFFF}.json | Customer g{00000000AAAABBBBCCCCDDDDEEEEFFFF}.json | json | Customer g
          raw braces and blanks | https://a.blob.core.windows.net/dmf/Vendor gr{00000000-AAAA-BBBB-CCCC-DDDDEEEEFFFF}.CSV | a.blob.core.windows.net | dmf | Vendor gr{00000000-AAAA-BBBB-CCCC-DDDDEEEEFFFF}.CSV | Vendor gr{00000000-AAAA-BBBB-CCCC-DDDDEEEEFFFF}.CSV | csv | Vendor gr
          the onebox of 2019    | http://127.0.0.1:10000/devstoreaccount1/temporary-file/a/b.xml | 127.0.0.1 | temporary-file | a/b.xml | b.xml | xml |
          the emulator's root   | http://127.0.0.1:10000/devstoreaccount1/b.xml | 127.0.0.1 | | b.xml | b.xml | xml |
          an account of a zone  | https://ACCT.Z05.blob.storage.azure.net:443/dmf/x.zip | acct.z05.blob.storage.azure.net | dmf | x.zip | x.zip | zip |
          a host that dequeues  | https://x.operations.dynamics.com/api/connector/download/A?id=1 | x.operations.dynamics.com | api | connector/download/A | A | bin |
          a container only      | https://a.blob.core.windows.net/dmf/ | a.blob.core.windows.net | dmf | | unnamed | bin |
          a host only           | https://a.blob.core.windows.net | a.blob.core.windows.net | | | unnamed | bin |
          user information      | https://user:pw@h:1/c/b | h | c | b | b | bin |
          an IPv6 address       | http://[::1]:10000/c/b | [::1] | c | b | b | bin |
          encoded folders       | https://h/c/a%2Fb%5Cd.csv | h | c | a/b\\d.csv | d.csv | csv |
          UTF-8 and no escape   | https://h/c/%C3%A4%zz.csv | h | c | ä%zz.csv | ä%zz.csv | csv |
          cut off in its name   | https://h/dmf/Customer%20g%7B00000000AAAABBBBCCCCDDDDEEEEFFFF%7 | h | dmf | Customer g{00000000AAAABBBBCCCCDDDDEEEEFFFF%7 | Customer g{00000000AAAABBBBCCCCDDDDEEEEFFFF%7 | bin |
          no URL at all         | Customer groups.csv | | | | unnamed | bin |
          """)
  void aLinkTellsWhereItLeads(
      String row,
      String url,
      String host,
      String container,
      String blobName,
      String name,
      String format,
      String entityPrefix) {
    SignedLink link = SignedLink.of(url);
    assertEquals(url, link.url());
    assertEquals(Optional.ofNullable(host), link.host());
    assertEquals(Optional.ofNullable(container), link.container());
    assertEquals(Optional.ofNullable(blobName), link.blobName());
    assertEquals(name, link.name());
    assertEquals(format, link.format().extension());
    assertEquals(Optional.ofNullable(entityPrefix), link.entityPrefix());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "with seconds, 2030-01-01T01%3A05%3A00Z, 2030-01-01T01:05:00Z",
    "raw colons, 2030-01-01T01:05:00Z, 2030-01-01T01:05:00Z",
    "without seconds, 2030-01-01T01%3A05Z, 2030-01-01T01:05:00Z",
    "a date, 2030-01-01, 2030-01-01T00:00:00Z",
    "seven digits, 2030-01-01T01:05:00.0000001Z, 2030-01-01T01:05:00.0000001Z",
    "an offset, 2030-01-01T01:05:00+01:00, 2030-01-01T00:05:00Z",
    "cut off, 2030-01-01T01%3A0,",
    "no month, 2030-13-01,",
    "a notation of events, /Date(12)/,",
    "a blank before it, %202030-01-01T01:05:00Z,",
    "not there, '',"
  })
  void everyFormOfATimeIsRead(String row, String spelled, Instant read) {
    SignedLink link = SignedLink.of("https://h/c/b?st=%s&se=%s#f".formatted(spelled, spelled));
    assertEquals(Optional.ofNullable(read), link.expiresAt());
    assertEquals(Optional.ofNullable(read), link.startsAt());
  }

  @Test
  void theLinkOf2019LivesFor65Minutes() {
    SignedLink link =
        SignedLink.of(BLOB + "?st=2030-01-01T00%3A00%3A00Z&SE=2030-01-01T01%3A05%3A00Z");
    Instant start = link.startsAt().orElseThrow();
    assertEquals(Optional.of(Duration.ofMinutes(65)), link.timeLeft(start));
    assertEquals(Optional.of(Duration.ofMinutes(1)), link.timeLeft(start.plusSeconds(64 * 60)));
    assertEquals(Optional.of(Duration.ZERO), link.timeLeft(start.plusSeconds(65 * 60)));
    assertEquals(Optional.of(Duration.ZERO), link.timeLeft(Instant.MAX));
    assertEquals(Optional.empty(), SignedLink.of(BLOB + "?si=nightly").timeLeft(start));
  }

  @Test
  void aLinkDiesWithTheKeyThatSignedIt() {
    String url = SignedLinks.delegatedAt(BLOB);
    assertEquals(
        Optional.of(Instant.parse("2030-01-01T01:05:00Z")), SignedLink.of(url).expiresAt());
    assertEquals(
        Optional.of(Instant.parse("2030-01-01T00:30:00Z")),
        SignedLink.of(url.replace("ske=2030-01-07T00%3A00", "ske=2030-01-01T00%3A30"))
            .expiresAt());
  }

  @Test
  void aRequestGoesToTheLinkAsItIsSpelled() {
    String url = SignedLinks.at(BLOB);
    assertEquals(URI.create(url), SignedLink.of(url).toUri());
    assertEquals(
        URI.create(SignedLinks.at("https://h/dmf/Vendor%20gr%7B0%7D.csv")),
        SignedLink.of(SignedLinks.at("https://h/dmf/Vendor gr{0}.csv")).toUri());
  }

  @Test
  void aLinkWithAFaultIsNotRequested() {
    SignedLink cut = SignedLink.of(BLOB + "?sv=2014-02-14&sr=b&si");
    var refused = assertThrows(FetchException.class, cut::toUri);
    assertEquals(Reason.LINK_TRUNCATED, refused.reason());
    assertFalse(refused.retryable());
    assertEquals(cut.fault().orElseThrow().message(), refused.getMessage());
  }

  @Test
  void aLinkPrintsWithoutWhatItKeepsSecret() {
    assertEquals(BLOB + "?...", SignedLink.of(SignedLinks.at(BLOB)).toString());
    assertEquals(BLOB, SignedLink.of(BLOB).toString());
    assertEquals("https://...@h/f?...", SignedLink.of("https://u:pw@h/f?a b").toString());
  }

  @Test
  void linksAreEqualByTheirText() {
    assertEquals(SignedLink.of(BLOB), SignedLink.of(BLOB));
    assertEquals(SignedLink.of(BLOB).hashCode(), SignedLink.of(BLOB).hashCode());
    assertNotEquals(SignedLink.of(BLOB), SignedLink.of(BLOB + "?"));
  }

  @Test
  void aReferenceIsCalledAsItsLinkOrAsItIsTold() {
    var reference = FileReference.of(SignedLink.of(SignedLinks.at(BLOB)));
    assertEquals("Customer g{0}.json", reference.name());
    assertEquals(FileFormat.JSON, reference.format());
    assertEquals(Optional.of(Instant.parse("2099-01-01T01:05:00Z")), reference.expiresAt());
    assertEquals("x.zip", reference.named("x.zip").name());
    assertEquals(reference.url(), reference.named("x.zip").url());
    assertEquals(BLOB + "?...", reference.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET https://h/f?sv=1&sig=SECRET&se=2 failed",
        "GET https://h/f?a b&sig=SECRET&se=2",
        "sig=SECRET",
        "SIG=SECRET",
        "{se=2030-01-01, sig=SECRET, sp=r}",
        "https%3A%2F%2Fh%2Ff%3Fsv%3D2014-02-14%26sig%3DSECRET%26sp%3Dr",
        "https%253A%252F%252Fh%252Ff%253Fsv%253D1%2526sig%253dSECRET",
        "{\"DownloadURL\":\"https:\\/\\/h\\/f?sv=1\\u0026sig=SECRET\\u0026sp=r\"}",
        "sv=1\\u0026sig=SECRET",
        "sv\\u003d1\\u0026sig\\u003dSECRET",
        "<a href=\"https://h/f?sv=1&amp;sig=SECRET&amp;sp=r\">",
        "sv=1&amp;sig&#61;SECRET",
        "https://h/f?SECRET",
        "https://h/f?sv=1'sig=SECRET'"
      })
  void aSignatureIsBlankedInEverySpelling(String text) {
    String signature = SignedLinks.SIGNATURE.replace("=", "%3D");
    assertFalse(Redaction.of(text.replace("SECRET", signature)).contains("secret"), text);
    assertFalse(Redaction.of(text.replace("SECRET", "secret+sec/ret=")).contains("secret"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:secret@h/f",
        "https://user:se@cret@h/f",
        "https:\\/\\/user:secret@h\\/f",
        "https://user:secret%2Fsecret@h/f",
        "https%3A%2F%2Fuser%3Asecret%40h%2Ff",
        "https%253a%252f%252fuser%253Asecret%2540h%252Ff"
      })
  void aPasswordIsBlankedInEverySpelling(String text) {
    String redacted = Redaction.of(text);
    assertFalse(redacted.contains("cret"), redacted);
    assertTrue(redacted.endsWith("f"), redacted);
  }

  @Test
  void aSignatureDecodedOnceTooOftenIsBlankedWhole() {
    String decoded = "ab cdefghij klmnopqrstuvwxyz0123456789ABCDEF".substring(0, 43) + "=";
    assertEquals("sig=...&sp=r", Redaction.of("sig=" + decoded + "&sp=r"));
  }

  @Test
  void aTokenWithAnAtSignIsBlankedWhole() {
    assertEquals(
        "https%3A%2F%2Fh%2Ff?...", Redaction.of("https%3A%2F%2Fh%2Ff%3Ftoken%3Dsecret%40secret"));
  }

  @Test
  void whatIsNoSecretStays() {
    String text =
        "Why? The table \"a?\" has 3 columns; see https://h/f for the design: 50% more @ 2.";
    assertEquals(text, Redaction.of(text));
    assertEquals("GET https://h/f?... failed", Redaction.of("GET https://h/f?sv=1&sig=x failed"));
    assertEquals("jdbc:x://...@h/db", Redaction.of("jdbc:x://scott:tiger@h/db"));
  }

  @Test
  void whatIsNoAsciiIsSentAsItsUtf8() {
    for (String[] link : new String[][] {
      {
        "https://h/dmf/K\u00e4ufer \ud83d\ude80.csv?a=\u010d",
        "https://h/dmf/K%C3%A4ufer%20%F0%9F%9A%80.csv?a=%C4%8D"
      },
      {"https://h/dmf/K%c3%a4ufer.csv", "https://h/dmf/K%c3%a4ufer.csv"},
      {"https://h/half\ud83d", "https://h/half%3F"}
    }) {
      assertEquals(link[1], SignedLink.of(link[0]).toUri().toString());
    }
  }
}
