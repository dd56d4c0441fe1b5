package dev.landfall.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** JSON as programs and attackers write it. */
class JsonTextCorpusTest extends FormatCorpus {

  private static final String TEXT = "[{\"A\":\"\u00C4\",\"B\":\"\uD83D\uDEA2\"}]";
  private static final String READ = "[A, B] 1[\u00C4, \uD83D\uDEA2]";

  @Override
  RecordFormat format() {
    return JsonText.json();
  }

  @TestFactory
  Stream<DynamicTest> read() {
    return tests(
        read(
            "an array",
            "[\n{\"A\":\"1\",\"B\":\"2\"},\n{\"A\":\"3\"}]",
            "[A, B] 2[1, 2] 3[3, null]"),
        read(
            "OData",
            "{\"@odata.context\":\"https://x/$metadata#C\",\n\"value\":[{\"A\":1}],\"@odata.nextLink\":\"y\"}",
            "[A] 2[1]"),
        read(
            "an array called as its entity",
            "{\"Customer groups\":[{\"A\":1},{\"A\":2}]}",
            "[A] 1[1] 1[2]"),
        read(
            "arrays of other things before and behind",
            "{\"a\":[1,[{}],2],\"b\":{\"c\":[{\"d\":1}]},\"r\":[{\"A\":1}],\"e\":[1,2],\"f\":{}}",
            "[A] 1[1]"),
        read(
            "lines",
            "{\"A\":1}\n{\"B\":2}\n\n{\"A\":3}\n",
            "[A, B] 1[1, null] 2[null, 2] 4[3, null]"),
        read("lines of Windows", "{\"A\":1}\r\n{\"A\":2}\r\n", "[A] 1[1] 2[2]"),
        read("one object", "{\"A\":1,\"B\":[1,2]}", "[A, B] 1[1, [1,2]]"),
        read("an object with an empty array", "{\"A\":1,\"B\":[]}", "[A, B] 1[1, []]"),
        read("an empty array", "[]", "[]"),
        read("an empty array in an object", "{\"value\":[]}", "[]"),
        read(
            "an empty array of OData",
            "{\"@odata.context\":\"x\",\"value\":[],\"@odata.count\":0}",
            "[]"),
        read(
            "numbers digit by digit",
            "[{\"A\":1.50,\"B\":-0,\"C\":1E+400,\"D\":12345678901234567890.10}]",
            "[A, B, C, D] 1[1.50, -0, 1E+400, 12345678901234567890.10]"),
        read(
            "truth and null",
            "[{\"A\":true,\"B\":false,\"C\":null}]",
            "[A, B, C] 1[true, false, null]"),
        read(
            "escapes",
            "[{\"A\\u0042\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00c4\\uD83D\\uDEA2\\u0000\"}]",
            "[AB] 1[\"\\/\b\f\n\r\t\u00C4\uD83D\uDEA2\0]"),
        read(
            "objects and arrays in a record",
            "[{\"A\": {\"b\": [1.0, \"x\\n\", null, {}], \"c\": true } }]",
            "[A] 1[{\"b\":[1.0,\"x\\n\",null,{}],\"c\":true}]"),
        read("names in other cases", "[{\"A\":1},{\"a\":2}]", "[A] 1[1] 1[2]"),
        read("an empty object among others", "[{\"A\":1},{}]", "[A] 1[1] 1[null]"),
        read("UTF-8 with a mark", ("\uFEFF" + TEXT).getBytes(UTF_8), READ),
        read("UTF-16LE with a mark", ("\uFEFF" + TEXT).getBytes(UTF_16LE), READ),
        read("UTF-16LE without a mark", TEXT.getBytes(UTF_16LE), READ),
        read("UTF-16BE with a mark", ("\uFEFF" + TEXT).getBytes(UTF_16BE), READ),
        read("UTF-16BE without a mark", TEXT.getBytes(UTF_16BE), READ),
        read(
            "a chosen array",
            JsonText.json().withArray("b"),
            bytes("{\"a\":[{\"A\":1}],\"b\":[{\"B\":2}],\"c\":[{\"C\":3}]}"),
            "[B] 1[2]"),
        read(
            "chosen lines",
            JsonText.json().withLines(),
            bytes("{\"A\":[{\"B\":2}]}"),
            "[A] 1[[{\"B\":2}]]"),
        read("chosen lines without any", JsonText.json().withLines(), bytes(""), "[]"),
        read(
            "names that are known",
            JsonText.json().withNames(List.of("B", "A")),
            bytes("[{\"A\":1}]"),
            "[B, A] 1[null, 1]"),
        setAside(
            "bad records among good ones",
            bytes(
                "[{\"A\":1},\n2,\n{\"A\":3,\"a\":4},\n[{\"A\":5}],null,{\"A\":\"\\uD800\"},{\"A\":6}]"),
            "[A] 1[1] !2[null] !3[3, 4] !4[null] !4[null] !4[\uD800] 4[6]"),
        new Case(
            "a name that is not known",
            JsonText.json().withNames(List.of("A")),
            () -> bytes("[{\"A\":1,\"B\":2}]"),
            "mended",
            true,
            "[A] 1[1]"),
        new Case(
            "a name that is not known, set aside",
            JsonText.json().withNames(List.of("A")),
            () -> bytes("[{\"B\":2,\"A\":1}]"),
            "set aside",
            true,
            "[A] !1[1, 2]"));
  }

  @TestFactory
  Stream<DynamicTest> refused() {
    return tests(
        refused(
            "a name twice",
            "[{\"A\":1},\n{\"A\":1,\"A\":2}]",
            "Line 2: each name was expected once, and \"A\" is there twice."),
        refused("two names that differ in case", "[{\"A\":1,\"a\":2}]", "twice"),
        unmendable("a name twice, mended", bytes("[{\"A\":1,\"A\":2}]"), "twice"),
        refused("a blank name", "[{\" \":1,\"A\":2}]", "blank"),
        refused("a name with a NUL", "[{\"\\u0000\":1,\"A\":2}]", "NUL"),
        refused(
            "an unknown name",
            JsonText.json().withNames(List.of("A")),
            bytes("[{\"B\":1}]"),
            "there is one of \"B\""),
        refused("a number for a record", "[1]", "Line 1: an object was expected"),
        refused("an array for a record", "[[]]", "an object was expected"),
        refused("a text for records", "\"x\"", "an array of objects"),
        refused("an empty object", "{}", "at least one value"),
        refused("a number after lines", "{\"A\":1}\n2", "Line 2: an object was expected"),
        refused("half a character", "[{\"A\":\"\\uD800\"}]", "half a character"),
        refused(
            "two arrays of objects",
            "{\"a\":[{\"A\":1}],\n\"b\":[{\"A\":1}]}",
            "after \"a\" there is \"b\""),
        refused("an array twice", "{\"a\":[{\"A\":1}],\"a\":[]}", "after \"a\" there is \"a\""),
        refused("lines with arrays", "{\"a\":[{\"A\":1}]}\n{\"a\":[{\"A\":1}]}", "'withLines'"),
        refused(
            "a chosen array that is not there",
            JsonText.json().withArray("b"),
            bytes("{\"a\":[]}"),
            "an object with an array called \"b\""),
        refused(
            "a chosen array in an array",
            JsonText.json().withArray("b"),
            bytes("[{\"b\":[]}]"),
            "an array called \"b\""),
        refused("nothing", "", "an array of objects"),
        refused("blanks", " \n", "an array of objects"),
        refused("a cut array", "[{\"A\":1},\n{\"A\":", "Line 2"),
        refused("a cut object", "{\"value\":[{\"A\":1}]", "Is the file whole?"),
        refused("a cut nested value", "[{\"A\":[1,", "Is the file whole?"),
        refused("something behind the end", "[{\"A\":1}]x", "JSON was expected"),
        refused("an array behind the end", "[{\"A\":1}][]", "nothing was expected after the array"),
        refused("a comment", "[{\"A\":1}/**/]", "JSON was expected"),
        refused("a trailing comma", "[{\"A\":1},]", "JSON was expected"),
        refused("single quotes", "[{'A':1}]", "JSON was expected"),
        refused("a number that is none", "[{\"A\":NaN}]", "JSON was expected"),
        refused("a leading zero", "[{\"A\":01}]", "JSON was expected"),
        refused("a NUL", "[{\"A\":\"\0\"}]", "JSON was expected"),
        refused("UTF-8 that is none", TEXT.getBytes(ISO_8859_1), "text in UTF-8 was expected"),
        refused("half a character of UTF-16", Arrays.copyOf(TEXT.getBytes(UTF_16LE), 15), "Line 1"),
        refused("nesting without an end", "[".repeat(500_000), "'deepest'"),
        refused(
            "deep nesting in a value",
            "[{\"A\":" + "[".repeat(99) + "]".repeat(99) + "}]",
            "'deepest'"),
        refused("objects without an end", "{\"a\":".repeat(500_000), "'deepest'"),
        refused("a field of 100 MB", huge("[{\"A\":1},\n{\"A\":\"", "\"}]"), "Line 2"),
        refused("a number of 16 MB", large("[{\"A\":", "}]"), "'longest field'"),
        refused("a name of 16 MB", large("[{\"", "\":1}]"), "'longest field'"),
        refused(
            "a nested value of many parts",
            bytes("[{\"A\":[" + "1,".repeat(2 << 20) + "1]}]"),
            "Line 1, field \"A\": a field of at most 1048576 characters"),
        refused(
            "a record of many fields",
            JsonText.json().withLongestRecord(7),
            bytes("[{\"A\":1234,\"B\":1234}]"),
            "Line 1, field \"B\": a record of at most 7 characters"),
        refused("10,000 members", "[{" + members(10_000) + "}]", "'most columns'"),
        refused(
            "a member 10,000 times",
            JsonText.json().withNames(List.of("A")),
            bytes("[{" + "\"A\":1,".repeat(10_000) + "\"A\":1}]"),
            "'most columns'"));
  }

  @TestFactory
  Stream<DynamicTest> eachFileOfTheJsonTestSuiteIsReadOrRefused() throws IOException {
    Path suite = ForeignFiles.folder("json-test-suite");
    List<Path> files;
    try (Stream<Path> found = Files.list(suite)) {
      files = found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    return files.stream().map(file -> dynamicTest(file.getFileName().toString(), () -> play(file)));
  }

  private void play(Path file) throws IOException {
    String name = file.getFileName().toString();
    String outcome = Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> outcome(Files.readAllBytes(file)));
    if (name.startsWith("n_")) {
      Assertions.assertTrue(outcome.startsWith("Line"), outcome);
    } else if (name.startsWith("y_")) {
      Assertions.assertFalse(outcome.contains("JSON was expected"), outcome);
    }
  }

  private String outcome(byte[] bytes) throws IOException {
    try {
      return table(JsonText.json(), ExportedFiles.in(folder).named("x.json", bytes), "refused");
    } catch (MalformedFileException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static String members(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"a" + i + "\":1")
        .collect(Collectors.joining(","));
  }
}
