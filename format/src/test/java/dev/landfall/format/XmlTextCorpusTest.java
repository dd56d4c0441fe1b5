package dev.landfall.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** XML as F&O, other programs and attackers write it. */
class XmlTextCorpusTest extends FormatCorpus {

  private static final String XSI = " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"";
  private static final String TEXT = "<D><R><A>\u00C4</A><B>\uD83D\uDEA2</B></R></D>";
  private static final String READ = "[A, B] 1[\u00C4, \uD83D\uDEA2]";
  private static final String SMALL = "<D><R><A>\u00C4</A></R></D>";

  @Override
  RecordFormat format() {
    return XmlText.xml();
  }

  @TestFactory
  Stream<DynamicTest> read() {
    return tests(
        read(
            "elements as F&O writes them",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Document>\n<CUSTOMERGROUP>\n<ID>10</ID><NAME>"
                + "Wholesale</NAME>\n</CUSTOMERGROUP>\n<CUSTOMERGROUP><ID>20</ID></CUSTOMERGROUP>\n"
                + "</Document>",
            "[ID, NAME] 3[10, Wholesale] 6[20, null]"),
        read(
            "attributes",
            "<D>\r\n<R A=\"1\"\r\n B=\"x &amp; y\"/>\r\n<R B=\"2\"/></D>",
            "[A, B] 2[1, x & y] 4[null, 2]"),
        read(
            "both styles mixed",
            "<D><R A=\"1\"><B>2</B></R><R B=\"4\"/></D>",
            "[A, B] 1[1, 2] 1[null, 4]"),
        read(
            "a name that comes late",
            "<D><R><A>1</A></R><R><B>2</B></R></D>",
            "[A, B] 1[1, null] 1[null, 2]"),
        read("names in other cases", "<D><R><A>1</A></R><R><a>2</a></R></D>", "[A] 1[1] 1[2]"),
        read(
            "names in another order",
            "<D><R><A>1</A><B>2</B></R><R><B>4</B><A>3</A></R></D>",
            "[A, B] 1[1, 2] 1[3, 4]"),
        read("empty values", "<D><R><A/><B></B></R></D>", "[A, B] 1[, ]"),
        read("blanks in values", "<D><R><A> 1\n</A></R></D>", "[A] 1[ 1\n]"),
        read(
            "values that are nil",
            "<D" + XSI + "><R><A i:nil=\"true\"/><B i:nil=\"false\"/></R></D>",
            "[A, B] 1[null, ]"),
        read(
            "a type of a value",
            "<D" + XSI + "><R i:type=\"x\" xml:space=\"preserve\"><A i:type=\"y\">1</A></R></D>",
            "[A] 1[1]"),
        read(
            "namespaces",
            "<p:D xmlns:p=\"u\" xmlns=\"v\"><p:R><p:A>1</p:A><B>2</B></p:R></p:D>",
            "[A, B] 1[1, 2]"),
        read("CDATA", "<D><R><A>x<![CDATA[<b>&]]>y</A></R></D>", "[A] 1[x<b>&y]"),
        read(
            "references to characters", "<D><R><A>&#xC4;&#10;&lt;</A></R></D>", "[A] 1[\u00C4\n<]"),
        read(
            "comments and instructions",
            "<!-- --><?x?><D><!-- --><R><?y?><A>1<!-- -->2</A></R></D><!-- -->",
            "[A] 1[12]"),
        read("line ends of Windows in a value", "<D><R><A>1\r\n2</A></R></D>", "[A] 1[1\n2]"),
        read("a root without records", "<Document/>", "[]"),
        read("a root of blanks", "<Document>\n</Document>", "[]"),
        read("the name of a record in it", "<R><R><R>1</R></R></R>", "[R] 1[1]"),
        xml("UTF-8 with a mark", "\uFEFF" + TEXT, UTF_8),
        xml("UTF-16LE with a mark", "\uFEFF" + TEXT, UTF_16LE),
        xml("UTF-16LE without a mark", TEXT, UTF_16LE),
        xml("UTF-16BE with a mark", "\uFEFF" + TEXT, UTF_16BE),
        xml("UTF-16BE without a mark", TEXT, UTF_16BE),
        xml(
            "UTF-8, declared as UTF-16",
            "<?xml version=\"1.0\" encoding=\"utf-16\"?>" + TEXT,
            UTF_8),
        read(
            "windows-1252, declared",
            ("<?xml version=\"1.0\" encoding=\"windows-1252\"?>" + SMALL)
                .getBytes(Charset.forName("windows-1252")),
            "[A] 1[\u00C4]"),
        read(
            "names that are known",
            XmlText.xml().withNames(List.of("B", "A")),
            bytes("<D><R><A>1</A></R></D>"),
            "[B, A] 1[null, 1]"),
        read("4,096 attributes", "<D><R " + attributes(4_096) + "/></D>", columns(4_096)),
        setAside(
            "bad records among good ones",
            bytes(
                "<D><R><A>1</A></R>\n<R><A><B>2</B></A></R>\n<S><A>3</A></S>\n<R A=\"4\"><A>5</A></R>\n<R>6<A>7</A></R><R><A>8</A></R></D>"),
            "[A] 1[1] !2[] !3[3] !4[4, 5] !5[7] 5[8]"),
        mended(
            "text and attributes that are too much",
            bytes("<D><R>x<A unit=\"y\">1</A></R></D>"),
            "[A] 1[1]"),
        new Case(
            "a name that is not known",
            XmlText.xml().withNames(List.of("A")),
            () -> bytes("<D><R><A>1</A><B>2</B></R></D>"),
            "mended",
            true,
            "[A] 1[1]"),
        new Case(
            "a name that is not known, set aside",
            XmlText.xml().withNames(List.of("A")),
            () -> bytes("<D><R><A>1</A><B>2</B></R></D>"),
            "set aside",
            true,
            "[A] !1[1, 2]"));
  }

  @TestFactory
  Stream<DynamicTest> refused() {
    return tests(
        refused(
            "elements within a value",
            "<D><R>\n<A>1</A></R>\n<R>\n<A><B>2</B></A></R></D>",
            "Line 3: values without elements in them were expected, and \"A\" has \"B\" in it."),
        unmendable(
            "elements within a value, mended",
            bytes("<D><R><A><B>2</B></A></R></D>"),
            "without elements"),
        refused(
            "a name twice",
            "<D><R><A>1</A><a>2</a></R></D>",
            "Line 1: each name was expected once, and \"a\" is there twice."),
        refused(
            "an attribute and an element of one name", "<D><R A=\"1\"><A>2</A></R></D>", "twice"),
        refused(
            "another record",
            "<D><R><A>1</A></R>\n<S><A>1</A></S></D>",
            "Line 2: a record called \"R\" as the first was expected, and this one is called \"S\"."),
        refused("text between values", "<D><R>1<A>1</A></R></D>", "text between them"),
        refused("text between records", "<D><R><A>1</A></R>\n1</D>", "Line 2, column"),
        refused(
            "an attribute of a value", "<D><R><A unit=\"kg\">1</A></R></D>", "\"A\" has \"unit\""),
        refused("a record without a value", "<D><R/></D>", "at least one value"),
        refused(
            "an unknown name",
            XmlText.xml().withNames(List.of("A")),
            bytes("<D><R><B>1</B></R></D>"),
            "there is one of \"B\""),
        refused(
            "a billion laughs",
            "<!DOCTYPE D [<!ENTITY a \"ha\">" + laughs() + "]><D><R><A>&l9;</A></R></D>",
            "no document type"),
        refused(
            "a quadratic laugh",
            "<!DOCTYPE D [<!ENTITY a \"" + "a".repeat(9_999) + "\">]><D><R><A>"
                + "&a;".repeat(9_999) + "</A></R></D>",
            "no document type"),
        refused(
            "an entity in a file",
            "<!DOCTYPE D [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><D><R><A>&a;</A></R></D>",
            "no document type"),
        refused(
            "an entity in a device",
            "<!DOCTYPE D [<!ENTITY a SYSTEM \"file:///dev/random\">]><D><R><A>&a;</A></R></D>",
            "no document type"),
        refused(
            "a parameter entity",
            "<!DOCTYPE D [<!ENTITY % a SYSTEM \"http://127.0.0.1:1/\">%a;]><D/>",
            "no document type"),
        refused(
            "a document type elsewhere",
            "<!DOCTYPE D SYSTEM \"http://127.0.0.1:1/\"><D/>",
            "no document type"),
        refused("an entity that is not there", "<D><R><A>&nbsp;</A></R></D>", "well-formed"),
        refused("nothing", "", "well-formed"),
        refused("blanks", " \n", "well-formed"),
        refused("a cut", "<D><R><A>1</A></R>\n<R><A>2</", "Line 2"),
        refused("a cut before the last bracket", "<D><R><A>1</A></R></D", "well-formed"),
        refused("something behind the end", "<D/><D/>", "well-formed"),
        refused("a NUL", "<D><R><A>1\0</A></R></D>", "well-formed"),
        refused("a reference to NUL", "<D><R><A>&#0;</A></R></D>", "well-formed"),
        refused("a control character", "<D><R><A>\u0001</A></R></D>", "well-formed"),
        refused("UTF-8 that is none", SMALL.getBytes(ISO_8859_1), "text in UTF-8 was expected"),
        refused("half a character of UTF-16", half("<D>"), "Line 1"),
        refused("nesting without an end", "<a>".repeat(500_000), "'deepest XML'"),
        refused(
            "deep nesting in a value",
            "<D><R><A>" + "<a>".repeat(99) + "</a>".repeat(99) + "</A></R></D>",
            "'deepest XML'"),
        refused(
            "nesting beyond a limit",
            XmlText.xml().withDeepest(2),
            bytes("<D><R><A>1</A></R></D>"),
            "at most 2 elements"),
        refused(
            "a field of 100 MB",
            huge("<D><R><A>1</A></R>\n<R><A>", "</A></R></D>"),
            "Line 2, field \"A\": a field of at most 1048576 characters"),
        refused("CDATA of 16 MB", large("<D><R><A><![CDATA[", "]]></A></R></D>"), "Line 1"),
        refused("an attribute of 16 MB", large("<D><R A=\"", "\"/></D>"), "Line 1"),
        refused("a name of 16 MB", large("<D><R><A", "/></R></D>"), "Line 1"),
        refused("a comment of 16 MB", large("<D><!--", "--></D>"), "Line 1"),
        refused(
            "a record of many fields",
            XmlText.xml().withLongestRecord(7),
            bytes("<D><R><A>1234</A><B>1234</B></R></D>"),
            "Line 1, field \"B\": a record of at most 7 characters"),
        refused("10,000 elements", "<D><R>" + elements(10_000) + "</R></D>", "'most columns'"),
        refused(
            "10,000 attributes",
            "<D><R " + attributes(10_000) + "/></D>",
            "at most 4160 attributes"));
  }

  private Case xml(String name, String text, Charset charset) {
    return read(name, text.getBytes(charset), READ);
  }

  private static byte[] half(String text) {
    byte[] bytes = text.getBytes(UTF_16LE);
    return Arrays.copyOf(bytes, bytes.length - 1);
  }

  private static String attributes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "a" + i + "=\"\"")
        .collect(Collectors.joining(" "));
  }

  private static String elements(int count) {
    return IntStream.range(0, count).mapToObj(i -> "<a" + i + "/>").collect(Collectors.joining());
  }

  private static String columns(int count) {
    List<String> names = IntStream.range(0, count).mapToObj(i -> "a" + i).toList();
    return names + " 1" + names.stream().map(name -> "").toList();
  }

  private static String laughs() {
    StringBuilder laughs = new StringBuilder("<!ENTITY l0 \"&a;\">");
    for (int i = 1; i < 10; i++) {
      laughs.append("<!ENTITY l%d \"%s\">".formatted(i, "&l%d;".formatted(i - 1).repeat(10)));
    }
    return laughs.toString();
  }
}
