package dev.landfall.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.SignedLink.Fault;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which links are refused before any request; each row is named after what it proves. */
class LinkFaultTest {

  private static final String ADDRESS = "https://d365fo0a1b2c3d4e5f.blob.core.windows.net/dmf/"
      + "Customer%20g%7B00000000AAAABBBBCCCCDDDDEEEEFFFF%7D.json";
  private static final String SIG = SignedLinks.SIGNATURE.replace("=", "%3D");
  private static final String REST = "&sv=2014-02-14&sr=b&se=2030-01-01T01%3A05%3A00Z&sp=r";

  private static Optional<Fault> fault(String url) {
    return SignedLink.of(url).fault();
  }

  private static void assertFault(Reason reason, String saying, String url) {
    Fault fault = fault(url).orElseThrow(() -> new AssertionError("no fault in " + url));
    assertEquals(reason, fault.reason(), fault.message());
    assertTrue(fault.message().contains(saying), fault.message());
    assertTrue(fault.message().contains(url.length() + " characters"), fault.message());
    assertFalse(fault.message().contains("secret"), fault.message());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
          observed in 2019      | ?sv=2014-02-14&sr=b&sig=SIG&st=2030-01-01T00%3A00%3A00Z&se=2030-01-01T01%3A05%3A00Z&sp=r
          signature at the end  | ?sv=2014-02-14&sr=b&se=2030-01-01T01%3A05%3A00Z&sp=r&sig=SIG
          a raw equals sign     | ?sv=2014-02-14&sr=b&se=2030-01-01&sp=r&sig=secretsecretsecretsecretsecretsecretsecretA=
          a stored policy       | ?sv=2014-02-14&sr=b&si=nightly&sig=SIG
          user delegation       | ?skoid=1&sktid=2&skt=2030-01-01&ske=2030-01-07&sks=b&skv=2024-05-04&sv=2024-05-04&sr=b&se=2030-01-01&sp=r&sig=SIG
          newer parameters      | ?saoid=1&suoid=2&scid=3&sdd=1&ses=4&sv=2024-05-04&sr=b&se=2030-01-01&sp=r&sig=SIG
          an account's link     | ?sv=2024-05-04&ss=b&srt=o&sp=r&se=2030-01-01T00:00:00Z&spr=https&sig=SIG
          overrides             | ?sv=2014-02-14&sr=b&se=2030-01-01&sp=r&rscd=attachment&rsct=text%2Fcsv&sig=SIG
          other case and order  | ?SP=r&Se=2030-01-01&SIG=SIG&sR=b&sV=2014-02-14
          """)
  void aWholeLinkHasNoFault(String row, String query) {
    assertEquals(Optional.empty(), fault(ADDRESS + query.replace("=SIG", "=" + SIG)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the host that dequeues, https://x.operations.dynamics.com/api/connector/download/A?id=1",
    "another host's signature, https://h/f?token=abc&Signature=x",
    "no query, https://files.contoso.com/a.csv",
    "a question mark, https://files.contoso.com/a.csv?",
    "http, http://127.0.0.1:10000/c/b"
  })
  void aLinkOfAnotherKindIsLeftAlone(String row, String url) {
    assertEquals(Optional.empty(), fault(url));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "public cloud, a.blob.core.windows.net",
    "DNS zone, a.z99.blob.storage.azure.net",
    "US government, a.blob.core.usgovcloudapi.net",
    "China, a.blob.core.chinacloudapi.cn",
    "any case, A.Blob.Core.Windows.Net"
  })
  void azureGivesNothingWithoutASignature(String row, String host) {
    assertFault(
        Reason.LINK_MALFORMED, "lacks sv, sr, sp, se, sig", "https://" + host + "/dmf/f.csv");
    assertEquals(Optional.empty(), fault(SignedLinks.at("https://" + host + "/dmf/f.csv")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
          no signature         | ?sv=2014-02-14&sr=b&se=2030-01-01&sp=r                 | lacks sig
          no version           | ?sr=b&se=2030-01-01&sp=r&sig=SIG                       | lacks sv
          no resource          | ?sv=2014-02-14&se=2030-01-01&sp=r&sig=SIG              | lacks sr
          no permission        | ?sv=2014-02-14&sr=b&se=2030-01-01&sig=SIG              | lacks sp
          no expiry, no policy | ?sv=2014-02-14&sr=b&sp=r&sig=SIG                       | lacks se
          an empty expiry      | ?sv=2014-02-14&sr=b&sp=r&se=&sig=SIG                   | lacks se
          unreadable expiry    | ?sv=2014-02-14&sr=b&sp=r&se=tomorrow&sig=SIG           | se cannot be read
          unreadable start     | ?sv=2014-02-14&sr=b&sp=r&se=2030-01-01&st=x&sig=SIG    | st cannot be read
          unreadable version   | ?sv=7&sr=b&sp=r&se=2030-01-01&sig=SIG                  | sv cannot be read
          a short signature    | ?sig=AbC%2Fd%2Be%3D&sv=2014-02-14&sr=b&se=2030-01-01&sp=r | sig is not 32 bytes
          no padding           | ?sig=secretsecretsecretsecretsecretsecretsecretA&sv=2014-02-14&sr=b&se=2030-01-01&sp=r | sig is not 32 bytes
          a long signature     | ?sv=2014-02-14&sr=b&se=2030-01-01&sp=r&sig=ASIG        | sig is not 32 bytes
          half a delegation    | ?skoid=1&sktid=2&sv=2024-05-04&sr=b&se=2030-01-01&sp=r&sig=SIG | lacks skt, ske, sks, skv
          no id of delegation  | ?spr=https&sktid=2&skt=2030-01-01&ske=2030-01-07&sks=b&skv=2024-05-04&sv=2024-05-04&sr=b&se=2030-01-01&sp=r&sig=SIG | lacks skoid
          half an account's    | ?sv=2024-05-04&ss=b&sp=r&se=2030-01-01&sig=SIG         | lacks srt
          escaped ampersands   | ?sv=2014-02-14&amp;sr=b&amp;se=2030-01-01&amp;sp=r&amp;sig=SIG | lacks sr, sp, se, sig
          """)
  void aLinkThatLacksAPartIsMalformed(String row, String query, String saying) {
    assertFault(Reason.LINK_MALFORMED, saying, ADDRESS + query.replace("SIG", SIG));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
          nothing of the query  | ?                                                      | lacks sv, sr, sp, se, sig
          half a name           | ?sv=2014-02-14&sr=b&s                                  | lacks sp, se, sig
          a name                | ?sv=2014-02-14&sr=b&sig                                | lacks sp, se, sig
          a name and its equals | ?sv=2014-02-14&sr=b&sig=                               | lacks sp, se, sig
          an ampersand          | ?sv=2014-02-14&sr=b&                                   | lacks sp, se, sig
          half a version        | ?sv=2014-0                                             | sv cannot be read
          half a signature      | ?sv=2014-02-14&sr=b&se=2030-01-01&sp=r&sig=secretsecr  | sig is not 32 bytes
          all but the padding   | ?sv=2014-02-14&sr=b&se=2030-01-01&sp=r&sig=secretsecretsecretsecretsecretsecretsecretA | sig is not 32 bytes
          half an escape        | ?sv=2014-02-14&sr=b&se=2030-01-01&sp=r&sig=secretsecretsecretsecretsecretsecretsecretA%3 | an escaped character
          a percent sign        | ?sv=2014-02-14&sr=b&sig=SIG&st=2030-01-01T00%          | an escaped character
          half a time           | ?sv=2014-02-14&sr=b&sig=SIG&sp=r&se=2030-01-01T01%3A0  | se cannot be read
          half the key's expiry | ?sv=2014-02-14&sr=b&sig=SIG&sp=r&se=2030-01-01&skoid=1&sktid=2&skt=2030-01-01&ske=203 | lacks sks, skv; ske cannot be read
          """)
  void aLinkThatEndsTooEarlyIsTruncated(String row, String query, String saying) {
    assertFault(Reason.LINK_TRUNCATED, saying, ADDRESS + query.replace("=SIG", "=" + SIG));
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 256, 1000})
  void aLinkThatLacksAPartAndIsAsLongAsAFieldIsTruncated(int length) {
    String begin = ADDRESS + "?sv=2014-02-14&sr=b&sp=";
    assertFault(
        Reason.LINK_TRUNCATED, "lacks se, sig", begin + "r".repeat(length - begin.length()));
    assertFault(
        Reason.LINK_MALFORMED, "lacks se, sig", begin + "r".repeat(length + 2 - begin.length()));
    String unsigned = ADDRESS + "x".repeat(length - ADDRESS.length());
    assertFault(Reason.LINK_TRUNCATED, "lacks sv, sr, sp, se, sig", unsigned);
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 256, 1000})
  void aWholeLinkAsLongAsAFieldIsNotRefused(int length) {
    String rest = "?sig=" + SIG + REST;
    String url = ADDRESS + "x".repeat(length - ADDRESS.length() - rest.length()) + rest;
    assertEquals(length, url.length());
    assertEquals(Optional.empty(), fault(url));
  }

  @Test
  void theMessageOfATruncatedLinkTellsTheWayOut() {
    String message = fault(ADDRESS + "?sv=2014-02-14&si").orElseThrow().message();
    assertTrue(message.contains("SharedServiceUnitURL"), message);
    assertTrue(message.contains("1000 characters"), message);
    assertTrue(message.contains("export again"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not a url",
        "100%",
        "/dmf/file.csv?sig=secret",
        "ftp://host/file?sig=secret",
        "https:///file?sig=secret",
        "https:host?sig=secret",
        "https://user:secret@host/file",
        "https://host/%zz?sig=secret",
        "https://ho_st/f?sig=secret",
        "https://host:port/f?sig=secret",
        "https://host/f\n?sig=secret",
        " https://host/f?sig=secret",
        "https://host\\@evil/f?sig=secret",
        "file:///etc/passwd"
      })
  void whatIsNoHttpLinkIsMalformed(String url) {
    assertFault(Reason.LINK_MALFORMED, "is an absolute https URL", url);
  }

  @ParameterizedTest
  @ValueSource(strings = {ADDRESS, "https://files.contoso.com/a.csv"})
  void aLinkWhoseQueryWasRemovedSaysSoAndIsNotTakenForCut(String address) {
    assertFault(Reason.LINK_MISSING, "was removed", address + "?...");
  }
}
