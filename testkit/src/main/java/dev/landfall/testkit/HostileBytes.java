package dev.landfall.testkit;

import dev.landfall.event.Headers;
import dev.landfall.event.Payload;
import dev.landfall.event.RawEvent;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** What nobody should send, and somebody will. */
final class HostileBytes {

  /** Members that the reader looks at. */
  static final List<String> MEMBERS = List.of(
      "EventId",
      "EventTime",
      "EventTimeIso8601",
      "BusinessEventId",
      "BusinessEventLegalEntity",
      "LegalEntity",
      "EntityName",
      "ControlNumber",
      "ParentContextRecordSubjects",
      "DownloadURL",
      "specversion",
      "id",
      "source",
      "type",
      "time",
      "data",
      "data_base64",
      "eventType",
      "eventTime",
      "MessageName",
      "InputParameters",
      "PrimaryEntityName",
      "CorrelationId",
      "OperationCreatedOn");

  /** Headers that the reader looks at, and two that nobody expects. */
  static final List<String> HEADERS = List.of(
      "EventId",
      "EventTime",
      "BusinessEventId",
      "LegalEntity",
      "ce-specversion",
      "ce-id",
      "ce-source",
      "ce-type",
      "ce-time",
      "cloudEvents:specversion",
      "cloudEvents_id",
      "",
      "x y");

  private static final int WHOLE = 10_000;

  private HostileBytes() {}

  static Arbitrary<RawEvent> bodies(Arbitrary<ExpectedDelivery> deliveries) {
    Arbitrary<byte[]> sound = deliveries.map(delivery -> delivery.body().toByteArray());
    return Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(60)),
            Tuple.of(2, soup().map(HostileBytes::utf8)),
            Tuple.of(6, mutated(sound)),
            Tuple.of(3, oversized().map(HostileBytes::utf8)),
            Tuple.of(2, mistyped().map(HostileBytes::utf8)),
            Tuple.of(1, mislabelled(sound)))
        .map(RawEvent::of);
  }

  static Arbitrary<Headers> headers() {
    Arbitrary<String> names = Arbitraries.of(HEADERS);
    Arbitrary<String> values = Arbitraries.oneOf(
        Arbitraries.of(
            "",
            " ",
            "%",
            "%zz",
            "%00",
            "1.0",
            "null",
            "2030-01-01",
            "\0",
            "00000000-0000-0000-0000-000000000000",
            "x".repeat(2_000)),
        CustomEvents.texts());
    return Arbitraries.maps(names, values).ofMaxSize(6).map(Headers::of);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Pieces of JSON in no order. */
  private static Arbitrary<String> soup() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u",
            "\\uD83D",
            "null",
            "true",
            "-",
            "1e",
            "\"EventId\":",
            "\"EventTime\":",
            "\"data\":",
            "\"specversion\":",
            "\"eventType\":",
            "\"MessageName\":",
            "\"InputParameters\":",
            "\"key\":",
            "\"value\":",
            "\"x\"",
            "\"/Date(1893456300000)/\"",
            "\"{}\"",
            " ",
            "\uFEFF",
            "\0",
            "NaN",
            "/*",
            "//")
        .list()
        .ofMaxSize(30)
        .map(pieces -> String.join("", pieces));
  }

  private static Arbitrary<byte[]> mutated(Arbitrary<byte[]> sound) {
    Arbitrary<UnaryOperator<byte[]>> any = Arbitraries.frequencyOf(
        Tuple.of(4, mutation((bytes, at, length, drawn) -> {
          byte[] flipped = bytes.clone();
          if (at < bytes.length) {
            flipped[at] = drawn;
          }
          return flipped;
        })),
        Tuple.of(2, mutation((bytes, at, length, drawn) -> Arrays.copyOf(bytes, at))),
        Tuple.of(2, mutation((bytes, at, length, drawn) -> spliced(bytes, at, bytes, at + length))),
        Tuple.of(2, mutation((bytes, at, length, drawn) -> spliced(bytes, at + length, bytes, at))),
        Tuple.of(
            1,
            Combinators.combine(sound, Arbitraries.integers().between(0, WHOLE))
                .as((other, part) ->
                    bytes -> spliced(bytes, share(bytes, part), other, share(other, part)))));
    return Combinators.combine(sound, any.list().ofMinSize(1).ofMaxSize(4)).as((bytes, all) -> {
      byte[] changed = bytes;
      for (UnaryOperator<byte[]> mutation : all) {
        changed = mutation.apply(changed);
      }
      return changed;
    });
  }

  private interface Mutation {
    byte[] of(byte[] bytes, int at, int length, byte drawn);
  }

  /** At some part of the bytes, so that it means the same for a shorter body. */
  private static Arbitrary<UnaryOperator<byte[]>> mutation(Mutation mutation) {
    return Combinators.combine(
            Arbitraries.integers().between(0, WHOLE),
            Arbitraries.integers().between(0, 40),
            Arbitraries.oneOf(
                Arbitraries.bytes(),
                Arbitraries.of('"', '{', '}', '[', ']', ',', '\\', '\0').map(c -> (byte) (char) c)))
        .as((part, length, drawn) ->
            bytes -> mutation.of(bytes, share(bytes, part), length, drawn));
  }

  private static int share(byte[] bytes, int part) {
    return (int) ((long) bytes.length * part / WHOLE);
  }

  /** The beginning of one and the rest of another. */
  private static byte[] spliced(byte[] one, int end, byte[] other, int begin) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(one, 0, Math.min(end, one.length));
    int first = Math.min(begin, other.length);
    bytes.write(other, first, other.length - first);
    return bytes.toByteArray();
  }

  /** Beyond what a careful reader takes, or just below. */
  private static Arbitrary<String> oversized() {
    Arbitrary<Integer> around = Arbitraries.oneOf(
        Arbitraries.integers().between(90, 110),
        Arbitraries.integers().between(990, 1_010),
        Arbitraries.integers().between(9_990, 10_010),
        Arbitraries.of(60_000));
    Arbitrary<UnaryOperator<String>> kinds = Arbitraries.of(List.of(
        size -> "[".repeat(of(size)) + "]".repeat(of(size)),
        size -> "[".repeat(of(size)),
        size -> "{\"a\":".repeat(of(size)) + "1" + "}".repeat(of(size)),
        size -> "9".repeat(of(size)),
        size -> "0." + "1".repeat(of(size)),
        size -> "1".repeat(of(size)) + "e-" + size,
        size -> "1e" + size,
        size -> "-1E-" + size,
        size -> "1e" + "9".repeat(of(size)),
        size -> "1e" + BigInteger.TWO.pow(31),
        size -> "\"" + "x".repeat(of(size)) + "\"",
        size -> "\"" + "\\uD83D".repeat(of(size)) + "\"",
        size -> "{\"" + "n".repeat(of(size)) + "\":1}",
        size -> "[" + "0,".repeat(of(size)) + "0]",
        size -> "{" + members(of(size)) + "}",
        size -> "\"" + nestedInText(of(size) % 12) + "\""));
    return Combinators.combine(kinds, around.map(String::valueOf), Arbitraries.of(false, true))
        .as((kind, size, inEvent) -> inEvent
            ? "{\"EventId\":\"e-1\",\"EventTime\":\"2030-01-01\",\"a\":" + kind.apply(size) + "}"
            : kind.apply(size));
  }

  private static int of(String size) {
    return Integer.parseInt(size);
  }

  private static String members(int count) {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add("\"" + i + "\":0");
    }
    return String.join(",", members);
  }

  /** Envelopes in Base64 in envelopes, each a third longer than the one in it. */
  private static String nestedInText(int levels) {
    String text = "{}";
    for (int i = 0; i < levels; i++) {
      text = "{\"specversion\":\"1.0\",\"data_base64\":\""
          + Base64.getEncoder().encodeToString(utf8(text))
          + "\"}";
    }
    return text.replace("\"", "\\\"");
  }

  /** An event or an envelope whose telling members are of any kind. */
  private static Arbitrary<String> mistyped() {
    Arbitrary<String> names = Arbitraries.of(MEMBERS);
    Arbitrary<@Nullable Object> values = Arbitraries.oneOf(
        CustomEvents.values(),
        Arbitraries.of(
                "/Date()/",
                "/Date(-2208988800000)/",
                "/Date(99999999999999999999)/",
                "{",
                "{}",
                "{\"EventId\":\"e-1\"}",
                "e-1",
                "2030-01-01",
                "/Date(1893456300000)/")
            .asGeneric(),
        CustomEvents.members(CustomEvents.values()).list().ofMaxSize(2).map(list -> (Object) list));
    return Combinators.combine(
            Combinators.combine(names, values).as(Tuple::of).list().ofMaxSize(8), Spelling.any())
        .as((members, spelling) -> {
          Payload.Builder object = Payload.builder();
          members.forEach(member -> object.with(member.get1(), member.get2()));
          return spelling.of(object.build());
        });
  }

  /** The bytes of one encoding taken for those of another. */
  private static Arbitrary<byte[]> mislabelled(Arbitrary<byte[]> sound) {
    Arbitrary<String> charsets =
        Arbitraries.of("UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "IBM500");
    Arbitrary<String> marks = Arbitraries.of("", "\uFEFF", "\uFFFE", "\uFEFF\uFEFF", "\0", "\0\0");
    return Combinators.combine(sound, charsets, charsets, marks)
        .as((bytes, from, to, mark) ->
            (mark + new String(bytes, Charset.forName(from))).getBytes(Charset.forName(to)));
  }
}
