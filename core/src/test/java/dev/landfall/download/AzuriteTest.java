package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of a real Azurite: bytes, names, ranges, versions and digests.
 *
 * <p>What Azurite 3.35.0 answers, where it is not obvious:
 *
 * <ul>
 *   <li>A whole file: 200 with {@code Content-MD5} and {@code x-ms-blob-content-md5}, if there is
 *       one. For a file of up to 4 MiB that has none, {@code Content-MD5} is reckoned at once;
 *       Azure tells only what was stored.
 *   <li>A range: 206 with {@code x-ms-blob-content-md5} alone.
 *   <li>A range that begins where the file ends: 206 {@code bytes 100-99/100} without a byte; Azure
 *       answers 416 InvalidRange, as Azurite does one byte later.
 *   <li>{@code If-Match} with an older tag: 412 ConditionNotMet, whatever the range is.
 *   <li>An upload whose MD5 is wrong: 400 InvalidOperation. Put Block List stores any MD5.
 * </ul>
 */
@EnabledIf(value = AzuriteCase.IS_INSTALLED, disabledReason = AzuriteCase.HOW_TO_INSTALL)
class AzuriteTest extends AzuriteCase {

  private static final int LENGTH = 1_000_003;
  private static final int HERE = 400_000;

  private final byte[] content = random(LENGTH, 1);
  private final byte[] other = random(LENGTH, 2);

  /** Too large for Azurite to reckon its digest. */
  private final byte[] large = random((4 << 20) + 1, 3);

  /** What a download that was broken off has left of the file that the storage has now. */
  private Part begun(String blob, byte[] here) throws Exception {
    Part whole = Part.at(folder.resolve("whole"));
    fetch(reference(link(blob)), whole);
    reader().exchanges().clear();
    return begun(here, whole.version());
  }

  private Part begun(byte[] here, Version version) throws IOException {
    Path file = Files.write(folder.resolve("begun"), here);
    return Part.begun(file, here.length, version);
  }

  private byte[] beginning() {
    return Arrays.copyOf(content, HERE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Customer g{9C1A7D0E5B3F4A2680D1C2E3F4A5B6C7}.csv",
        "Débiteurs Ω {0123456789abcdef0123456789abcdef}.xml",
        "50% off + more & [all] = 100%25 #1?.csv",
        "2026/11/26/Customer groups.csv",
        "plain.csv"
      })
  void aFileLandsByteForByteWhateverItIsCalled(String name) throws Exception {
    String blob = "dmf/" + name;
    azurite().put(blob, content);
    Part part = nothing();
    lands(content, link(blob), part);
    assertEquals(
        name.substring(name.lastIndexOf('/') + 1), reference(link(blob)).name());
    assertEquals(Optional.of(Azurite.md5(content)), part.version().md5());
    assertEquals(LENGTH, part.version().length());
  }

  @Test
  void aLinkWhosePathWasHandedOnUnescapedLeadsToTheSameFile() throws Exception {
    String blob = "dmf/Customer g{00000000000000000000000000000001}.csv";
    azurite().put(blob, content);
    Sas link = azurite().link(blob).expiring(now.plus(Duration.ofHours(1)));
    assertNotEquals(link.url(), link.urlWithPlainPath());
    lands(content, link.urlWithPlainPath(), nothing());
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "262144", "3000000"})
  void everyLengthArrives(int length) throws Exception {
    byte[] bytes = random(length, 3);
    String blob = "dmf/%d.csv".formatted(length);
    azurite().put(blob, bytes);
    lands(bytes, link(blob), nothing());
  }

  @Test
  void onlyWhatIsMissingIsAskedForAndTheWholeIsCompared() throws Exception {
    azurite().put("dmf/going-on.csv", content);
    Part part = begun("dmf/going-on.csv", beginning());
    assertTrue(part.version().md5().isPresent());
    lands(content, link("dmf/going-on.csv"), part);
    assertEquals(List.of(206), reader().statuses());
    assertEquals(LENGTH - HERE, reader().taken());
    String tag = part.version().tag().orElseThrow();
    assertEquals(
        Map.of("Range", "bytes=400000-", "If-Match", tag),
        reader().exchanges().get(0).asked());
  }

  @Test
  void aBodyThatBreaksOffIsGoneOnWithAtOnce() throws Exception {
    azurite().put("dmf/breaks-off.csv", content);
    reader().breakOffAfter(600_000);
    lands(content, link("dmf/breaks-off.csv"), nothing());
    assertEquals(List.of(200, 206), reader().statuses());
    assertEquals("bytes=600000-", reader().exchanges().get(1).asked().get("Range"));
    assertEquals(LENGTH, reader().taken(), "no byte twice");
  }

  @Test
  void whatOneLinkHasBroughtAnotherLinkGoesOnWith() throws Exception {
    azurite().put("dmf/two-links.csv", content);
    Part part = begun("dmf/two-links.csv", beginning());
    Sas dead = azurite().link("dmf/two-links.csv").expiring(now.minus(Duration.ofMinutes(1)));
    assertEquals(Reason.LINK_EXPIRED, refusal(reference(dead.url()), part).reason());
    assertEquals(HERE, part.received());
    lands(content, link("dmf/two-links.csv"), part);
    assertEquals(List.of(403, 206), reader().statuses());
  }

  @Test
  void aFileThatWasReplacedIsFetchedAnew() throws Exception {
    azurite().put("dmf/replaced.csv", content);
    Part part = begun("dmf/replaced.csv", beginning());
    azurite().put("dmf/replaced.csv", other);
    lands(other, link("dmf/replaced.csv"), part);
    assertEquals(List.of(412, 200), reader().statuses());
    assertEquals("ConditionNotMet", reader().exchanges().get(0).code());
  }

  @Test
  void theSameBytesUnderANewTagAreGoneOnWith() throws Exception {
    azurite().put("dmf/renamed.csv", content);
    Part part = begun("dmf/renamed.csv", beginning());
    Optional<String> oldTag = part.version().tag();
    azurite().put("dmf/renamed.csv", content);
    lands(content, link("dmf/renamed.csv"), part);
    assertNotEquals(oldTag, part.version().tag());
    assertEquals(List.of(412, 200, 206), reader().statuses());
    assertEquals(LENGTH - HERE, reader().exchanges().get(2).taken());
    assertEquals(0, reader().exchanges().get(1).taken(), "its head told enough");
  }

  @Test
  void aFileThatIsAllHereIsWholeWithoutAByteOfBody() throws Exception {
    azurite().put("dmf/all-here.csv", content);
    Part part = begun("dmf/all-here.csv", content);
    lands(content, link("dmf/all-here.csv"), part);
    assertEquals(List.of(206), reader().statuses());
    assertEquals(
        Optional.of("bytes 1000003-1000002/1000003"),
        reader().exchanges().get(0).header("Content-Range"));
    assertEquals(0, reader().taken());
  }

  @Test
  void moreThanTheFileHasIsNoBeginningOfIt() throws Exception {
    azurite().putInBlocks("dmf/too-much.csv", large);
    Part part = begun("dmf/too-much.csv", Arrays.copyOf(large, large.length + 1));
    lands(large, link("dmf/too-much.csv"), part);
    assertEquals(List.of(416, 200), reader().statuses());
    assertEquals("InvalidRange", reader().exchanges().get(0).code());
  }

  @Test
  void anotherFileThatIsJustAsLongAsWhatIsHereIsNotTakenForIt() throws Exception {
    azurite().put("dmf/shorter.csv", content);
    Part part = begun("dmf/shorter.csv", beginning());
    byte[] shorter = random(HERE, 4);
    azurite().put("dmf/shorter.csv", shorter);
    lands(shorter, link("dmf/shorter.csv"), part);
    assertEquals(List.of(412, 200), reader().statuses());
  }

  @Test
  void whatWentBadOnDiskIsFoundByTheDigestAndFetchedAgain() throws Exception {
    azurite().put("dmf/bad-disk.csv", content);
    byte[] bad = beginning();
    bad[HERE / 2] ^= 1;
    Part part = begun("dmf/bad-disk.csv", bad);
    FetchException refused = refusal(reference(link("dmf/bad-disk.csv")), part);
    assertEquals(Reason.CHECKSUM_MISMATCH, refused.reason());
    assertTrue(refused.retryable());
    assertFalse(part.isWorthKeeping());
    lands(content, link("dmf/bad-disk.csv"), part);
  }

  @Test
  void aFileInBlocksHasNoDigestAndLandsAndGoesOnAllTheSame() throws Exception {
    azurite().putInBlocks("dmf/blocks.csv", large);
    Part part = begun("dmf/blocks.csv", Arrays.copyOf(large, HERE));
    assertEquals(Optional.empty(), part.version().md5());
    lands(large, link("dmf/blocks.csv"), part);
    assertEquals(List.of(206), reader().statuses());
    assertEquals(large.length - HERE, reader().taken());
  }

  @Test
  void theSameBytesUnderANewTagAreFetchedAnewIfNothingTellsThatTheyAreTheSame() throws Exception {
    azurite().putInBlocks("dmf/blocks-again.csv", large);
    Part part = begun("dmf/blocks-again.csv", Arrays.copyOf(large, HERE));
    azurite().putInBlocks("dmf/blocks-again.csv", large);
    lands(large, link("dmf/blocks-again.csv"), part);
    assertEquals(List.of(412, 200), reader().statuses());
  }

  @Test
  void aFileWithTheDigestOfAnotherIsNotTaken() throws Exception {
    azurite().putInBlocks("dmf/wrong-md5.csv", content, Azurite.md5(other));
    Part part = nothing();
    FetchException refused = refusal(reference(link("dmf/wrong-md5.csv")), part);
    assertEquals(Reason.CHECKSUM_MISMATCH, refused.reason());
    assertTrue(refused.retryable());
    assertFalse(part.isWorthKeeping());
    assertEquals(LENGTH, reader().taken());
  }
}
