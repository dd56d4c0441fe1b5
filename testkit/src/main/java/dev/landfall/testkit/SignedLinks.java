package dev.landfall.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * Links to exported files as F&amp;O signs them, byte for byte in its spelling.
 *
 * <p>A service SAS is valid from five minutes before the event until an hour after it. A user
 * delegation SAS, which hardened environments send since 2024, is close to 500 characters long.
 */
final class SignedLinks {

  private static final Duration BACKDATED = Duration.ofMinutes(5);
  private static final Duration VALID = Duration.ofHours(1);
  private static final Duration KEY_VALID = Duration.ofDays(7);

  private SignedLinks() {}

  static Arbitrary<EventShape.Value> ofAService() {
    return Combinators.combine(blobs(), Arbitraries.of("2014-02-14", "2018-03-28"), signatures())
        .as((blob, version, signature) ->
            time -> blob + "?sv=" + version + "&sr=b&sig=" + encoded(signature) + "&st="
                + encoded(BaseMembers.isoOf(time.minus(BACKDATED))) + "&se="
                + encoded(BaseMembers.isoOf(time.plus(VALID))) + "&sp=r");
  }

  static Arbitrary<EventShape.Value> ofAUser() {
    return Combinators.combine(
            blobs(), BaseMembers.guids(), BaseMembers.guids(), BaseMembers.guids(), signatures())
        .as((blob, owner, tenant, correlation, signature) -> time -> {
          String begin = encoded(BaseMembers.isoOf(time.minus(BACKDATED)));
          return blob + "?skoid=" + owner + "&sktid=" + tenant + "&skt=" + begin + "&ske="
              + encoded(BaseMembers.isoOf(time.plus(KEY_VALID)))
              + "&sks=b&skv=2025-01-05&saoid=" + correlation + "&suoid=" + owner + "&scid="
              + correlation + "&sv=2025-01-05&spr=https&st=" + begin + "&se="
              + encoded(BaseMembers.isoOf(time.plus(VALID))) + "&sr=b&sp=r&sig="
              + encoded(signature);
        });
  }

  /** The first ten characters of the entity's label, a GUID and an extension. */
  private static Arbitrary<String> blobs() {
    return Combinators.combine(
            Arbitraries.strings().withChars("0123456789abcdef").ofLength(12),
            Arbitraries.of("Vendor gr", "Customer g", "Gr\u00F6\u00DFenklas", "R&D (50%)"),
            BaseMembers.guids(),
            Arbitraries.of("json", "csv", "xml", "zip", "xlsx"))
        .as((account, label, guid, extension) -> "https://d365fo%s.blob.core.windows.net/dmf/%s"
            .formatted(
                account,
                encoded(label + "{" + StandardEvents.withoutDashes(guid) + "}." + extension)));
  }

  /** 32 bytes in Base64, as HMAC-SHA256 has; 30 of them are the mark. */
  private static Arbitrary<String> signatures() {
    Arbitrary<Byte> bytes = Arbitraries.bytes().withDistribution(RandomDistribution.uniform());
    return bytes
        .array(byte[].class)
        .ofSize(2)
        .map(last -> EventArbitraries.SIGNATURE + Base64.getEncoder().encodeToString(last));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
