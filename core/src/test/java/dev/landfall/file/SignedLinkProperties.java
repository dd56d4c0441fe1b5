package dev.landfall.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Redaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of links: whole ones are fine, cut ones are not, and none is ever printed. */
class SignedLinkProperties {

  private static final String EXPIRY = "2030-01-01T01:05:00Z";

  /** A link and the signature in it, as it is and as it is spelled. */
  record Signed(String host, String query, String signature, String spelled) {

    String url() {
      return host + "/dmf/Customer%20g%7B0%7D.csv?" + query;
    }

    int signatureEnd() {
      return url().indexOf(spelled) + spelled.length();
    }
  }

  @Property(tries = 1000)
  void anyTextIsALinkThatKeepsItAndNeverThrows(@ForAll("texts") String text) {
    SignedLink link = SignedLink.of(text);
    assertEquals(text, link.url());
    link.host();
    link.container();
    link.blobName();
    link.entityPrefix();
    link.format();
    link.startsAt();
    link.timeLeft(Instant.EPOCH);
    link.fault().ifPresentOrElse(fault -> {}, link::toUri);
    assertEquals(link, SignedLink.of(link.url()));
  }

  @Property(tries = 1000)
  void aNameIsNeverEmptyAndNeverAPath(@ForAll("texts") String text) {
    String name = SignedLink.of(text).name();
    assertFalse(name.isBlank() || name.contains("/") || name.contains("\\"), name);
  }

  @Property(tries = 1000)
  void aWholeLinkIsFineInAnyOrderOfItsParameters(@ForAll("signed") Signed signed) {
    SignedLink link = SignedLink.of(signed.url());
    assertEquals(Optional.empty(), link.fault());
    assertEquals(Optional.of(Instant.parse(EXPIRY)), link.expiresAt());
    assertEquals(signed.url(), link.toUri().toString());
  }

  /** Before its host is whole, a link is one of another kind. */
  @Property(tries = 1000)
  void aLinkCutBehindItsHostAndBeforeTheEndOfItsSignatureIsNeverFine(
      @ForAll("signed") Signed signed, @ForAll Random random) {
    int begin = signed.host().length();
    int cut = begin + random.nextInt(signed.signatureEnd() - begin);
    String url = signed.url().substring(0, cut);
    assertTrue(SignedLink.of(url).fault().isPresent(), url);
  }

  /** What may be missing without a trace is optional: it changes no fact. */
  @Property(tries = 1000)
  void aLinkThatIsFineAlthoughCutTellsTheSameExpiryOrNoMoreThanItsDay(
      @ForAll("signed") Signed signed, @ForAll Random random) {
    int cut = signed.host().length() + random.nextInt(signed.url().length());
    SignedLink link =
        SignedLink.of(signed.url().substring(0, Math.min(cut, signed.url().length())));
    if (link.fault().isEmpty()) {
      Instant expiry = link.expiresAt().orElseThrow();
      assertTrue(
          expiry.equals(Instant.parse(EXPIRY))
              || (link.url().endsWith("2030-01-01") && expiry.isBefore(Instant.parse(EXPIRY))),
          link.url());
    }
  }

  @Property(tries = 1000)
  void noSignatureIsEverPrinted(@ForAll("signed") Signed signed, @ForAll Random random) {
    String url = signed.url().substring(0, random.nextInt(signed.url().length() + 1));
    SignedLink link = SignedLink.of(url);
    List<String> printed = new ArrayList<>();
    printed.add(link.toString());
    printed.add(FileReference.of(link).toString());
    link.fault().ifPresent(fault -> printed.add(fault.message()));
    try {
      link.toUri();
    } catch (FetchException refused) {
      printed.add(refused.toString());
    }
    for (String text : printed) {
      assertNothingOf(signed, text);
      assertFalse(text.contains("sv="), text);
    }
  }

  @Property(tries = 1000)
  void noSignatureIsLeftInARedactedText(
      @ForAll("signed") Signed signed,
      @ForAll("texts") String before,
      @ForAll("texts") String after,
      @ForAll("spellings") Spelling spelling) {
    String text = before + spelling.of(signed.url()) + after;
    assertNothingOf(signed, Redaction.of(text));
  }

  /** Eight characters in a row are more than chance would repeat. */
  private static void assertNothingOf(Signed signed, String text) {
    for (String signature : List.of(signed.signature(), signed.spelled())) {
      for (int i = 0; i + 8 <= signature.length(); i++) {
        assertFalse(text.contains(signature.substring(i, i + 8)), text);
      }
    }
  }

  interface Spelling {
    String of(String url);
  }

  @Provide
  Arbitrary<Spelling> spellings() {
    return Arbitraries.of(
        url -> url,
        url -> url.replace("sig=", "SIG="),
        url -> url.replace("&", "\\u0026"),
        url -> url.replace("&", "\\u0026").replace("/", "\\/"),
        url -> url.replace("&", "&amp;"),
        url -> url.replace("?", "%3f").replace("&", "%26").replace("=", "%3d"),
        url -> url.replace("%", "%25").replace("?", "%3F").replace("&", "%26").replace("=", "%3D"),
        url -> url.substring(url.indexOf('?') + 1),
        url -> url.replace("?", " "),
        url -> url.substring(url.indexOf('?') + 1).replace("=", "%3D"),
        url -> url.replace("?", " ").replace("=", "%253d").replace("&", "%2526"),
        LinkParts::decoded,
        url -> LinkParts.decoded(url.substring(url.indexOf('?') + 1)));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces = Arbitraries.of(
        "https://",
        "http:",
        "//",
        "/",
        "?",
        "&",
        "=",
        "%",
        "%2",
        "%2F",
        "%zz",
        "#",
        "@",
        ":",
        "[",
        "]",
        "\\",
        " ",
        "\n",
        "\u0000",
        "{",
        "}",
        "sig=",
        "se=2030-01-01",
        "sv",
        "sp=r",
        "sr=b",
        "a.blob.core.windows.net",
        "devstoreaccount1",
        "dmf",
        "%ff",
        "\ud800",
        "'",
        "ä");
    return Arbitraries.oneOf(
        pieces.list().ofMaxSize(12).map(parts -> String.join("", parts)), Arbitraries.strings());
  }

  @Provide
  Arbitrary<Signed> signed() {
    Arbitrary<String> hosts = Arbitraries.of(
        "https://d365fo0a1b2c3d4e5f.blob.core.windows.net", "https://a.z00.blob.storage.azure.net");
    Arbitrary<String> signatures =
        Arbitraries.bytes().array(byte[].class).ofSize(32).map(Base64.getEncoder()::encodeToString);
    Arbitrary<List<String>> optional = Arbitraries.of(
            "st=2030-01-01T00%3A00%3A00Z", "spr=https", "sip=203.0.113.7", "rscd=attachment")
        .set()
        .map(List::copyOf);
    return Combinators.combine(
            hosts, signatures, optional, Arbitraries.of(true, false), Arbitraries.randoms())
        .as(SignedLinkProperties::signed);
  }

  private static Signed signed(
      String host, String signature, List<String> optional, boolean delegated, Random random) {
    String spelled = signature.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
    List<String> parameters = new ArrayList<>(optional);
    parameters.addAll(List.of("sv=2024-05-04", "sr=b", "sp=r", "sig=" + spelled));
    parameters.add("se=" + EXPIRY.replace(":", "%3A"));
    if (delegated) {
      parameters.addAll(List.of(
          "skoid=1", "sktid=2", "skt=2030-01-01", "ske=2030-01-07", "sks=b", "skv=2024-05-04"));
    }
    Collections.shuffle(parameters, random);
    return new Signed(host, String.join("&", parameters), signature, spelled);
  }
}
