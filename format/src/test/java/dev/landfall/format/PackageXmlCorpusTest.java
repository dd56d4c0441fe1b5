package dev.landfall.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Manifests in many charsets, and as nobody should send them. */
class PackageXmlCorpusTest extends PackageCorpus {

  private static final String MANIFEST = Packages.manifest("\u00C4.csv");
  private static final String READ = "\u00C4=x";
  private static final String MARK = "\uFEFF";

  @TempDir
  static Path secrets;

  private static ServerSocket trap;

  @BeforeAll
  static void setTraps() throws IOException {
    trap = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    trap.setSoTimeout(1);
    Files.writeString(secrets.resolve("secret"), "<secret/>");
  }

  @AfterAll
  static void nobodyWalkedIn() throws IOException {
    try (ServerSocket opened = trap) {
      assertThrows(SocketTimeoutException.class, opened::accept, "an address was fetched");
    }
  }

  @TestFactory
  Stream<DynamicTest> read() {
    return tests(
        xml("UTF-16LE with a mark", MARK + MANIFEST, UTF_16LE),
        xml("UTF-16LE without a mark", MANIFEST, UTF_16LE),
        xml("UTF-16LE, declared", MARK + declared("utf-16"), UTF_16LE),
        xml("UTF-16LE, declared, without a mark", declared("UTF-16LE"), UTF_16LE),
        xml("UTF-16BE with a mark", MARK + MANIFEST, UTF_16BE),
        xml("UTF-16BE without a mark", MANIFEST, UTF_16BE),
        xml("UTF-8 with a mark", MARK + MANIFEST, UTF_8),
        xml("UTF-8 without a mark", MANIFEST, UTF_8),
        xml("UTF-8, declared", declared("utf-8"), UTF_8),
        xml("UTF-8, declared as UTF-16", declared("utf-16"), UTF_8),
        xml("UTF-8 with a mark, declared as another", MARK + declared("iso-8859-1"), UTF_8),
        xml("UTF-32LE with a mark", MARK + MANIFEST, Charset.forName("UTF-32LE")),
        xml("ISO-8859-1, declared", declared("ISO-8859-1"), ISO_8859_1),
        xml("windows-1252, declared", declared("Windows-1252"), Charset.forName("windows-1252")),
        xml("version 1.1", "<?xml version=\"1.1\"?>" + MANIFEST),
        xml(
            "comments, instructions and line breaks",
            changed("<DefinitionGroupName>", "\r\n<!-- & --><?x y?>\n$0")),
        xml("CDATA", changed("\u00C4\\.csv", "<![CDATA[\u00C4.csv]]>")),
        xml("references to characters", changed("\u00C4", "&#xC4;")),
        xml(
            "unknown elements",
            changed("<EntityName>", "<New><EntityName>no</EntityName></New>$0")),
        xml(
            "elements of another namespace",
            changed("<EntityName>", "<x:EntityName xmlns:x=\"u\">no</x:EntityName>$0")),
        xml("an element within a text", changed("\u00C4<", "\u00C4<b>no</b><")),
        xml(
            "a prefix for the namespace",
            MANIFEST.replaceAll("<(/?)([A-Z])", "<$1p:$2").replace("xmlns=", "xmlns:p=")),
        xml(
            "an inclusion, which is not followed",
            changed(
                "<EntityName>",
                "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"" + address()
                    + "\"/>$0")),
        xml(
            "the place of a schema, which is not fetched",
            changed("xmlns:i", "i:schemaLocation=\"u " + address() + "\" $0")));
  }

  @TestFactory
  Stream<DynamicTest> refused() {
    return tests(
        bad(
            "a billion laughs",
            dtd("<!ENTITY a \"" + "ha".repeat(99) + "\">" + laughs(), "&l9;"),
            "no document type"),
        bad(
            "a quadratic laugh",
            dtd("<!ENTITY a \"" + "a".repeat(9_999) + "\">", "&a;".repeat(9_999)),
            "no document type"),
        bad(
            "an entity in a file",
            dtd("<!ENTITY a SYSTEM \"" + secrets.resolve("secret").toUri() + "\">", "&a;"),
            "no document type"),
        bad(
            "an entity in a device",
            dtd("<!ENTITY a SYSTEM \"file:///dev/random\">", "&a;"),
            "no document type"),
        bad(
            "an entity at an address",
            dtd("<!ENTITY a SYSTEM \"" + address() + "\">", "&a;"),
            "no document type"),
        bad(
            "a parameter entity",
            dtd("<!ENTITY % a SYSTEM \"" + address() + "\">%a;", ""),
            "no document type"),
        bad(
            "a parameter entity in itself",
            dtd("<!ENTITY % a \"%a;\">%a;", ""),
            "no document type"),
        bad(
            "a document type elsewhere",
            "<!DOCTYPE x SYSTEM \"" + address() + "\">" + MANIFEST,
            "no document type"),
        bad(
            "a public document type",
            "<!DOCTYPE x PUBLIC \"p\" \"" + address() + "\">" + MANIFEST,
            "no document type"),
        bad("an empty document type", "<!DOCTYPE x>" + MANIFEST, "no document type"),
        bad(
            "a document type of 100 KB",
            "<!DOCTYPE x [" + "<!ELEMENT a ANY>".repeat(6_000) + "]>" + MANIFEST,
            "no document type"),
        bad(
            "a control character in a document type",
            dtd("<!ENTITY % a SYSTEM \"\u0017\">%a;", ""),
            "well-formed"),
        bad("an entity that is not there", changed("\u00C4<", "&nbsp;<"), "well-formed"),
        bad("nothing", "", "well-formed"),
        bad("blanks", "   ", "well-formed"),
        bad("text", "Manifest", "well-formed"),
        bad("a cut", MANIFEST.substring(0, 300), "well-formed"),
        bad("a cut by one character", MANIFEST.substring(0, MANIFEST.length() - 1), "well-formed"),
        bad("something behind the end", MANIFEST + "<a/>", "well-formed"),
        bad("a NUL", changed("Project", "Pro\0ject"), "well-formed"),
        bad(
            "an attribute twice",
            changed("<EntityName>", "<EntityName a=\"\" a=\"\">"),
            "well-formed"),
        bad("a prefix without a namespace", changed("<EntityName>", "<q:x/>$0"), "well-formed"),
        bad("another root", "<x/>", "root element DataManagementPackageManifest"),
        bad("the header", Packages.header(), "root element DataManagementPackageManifest"),
        bad("another namespace", changed("2015/01", "2016/01"), "root element"),
        bad("no namespace", MANIFEST.replaceFirst(" xmlns=\"[^\"]*\"", ""), "root element"),
        bad(
            "deep nesting",
            changed("<EntityName>", "<a>".repeat(33) + "</a>".repeat(33) + "$0"),
            "'deepest XML'"),
        bad("nesting without an end", "<a>".repeat(500_000), "root element"),
        bad(
            "deep nesting in a text",
            changed("\u00C4<", "<a>".repeat(99_999) + "<"),
            "'deepest XML'"),
        bad(
            "a huge attribute",
            changed("<EntityName>", "<a b=\"" + "x".repeat(2 << 20) + "\"/>$0"),
            "of at most 262144 characters"),
        bad(
            "a huge name",
            changed("<EntityName>", "<" + "x".repeat(2 << 20) + "/>$0"),
            "ine 1, column"),
        bad(
            "a huge comment",
            changed("<EntityName>", "<!--" + "x".repeat(2 << 20) + "-->$0"),
            "of at most 262144 characters"),
        bad("a huge text", changed("Project", "x".repeat(2 << 20)), "a text of at most 65536"),
        bad(
            "10,000 attributes",
            changed("<EntityName>", "<a " + attributes(10_001) + "/>$0"),
            "ine 1, column"),
        bad(
            "an entity without a name",
            changed("\u00C4</EntityName>", "</EntityName>"),
            "lacks the first"),
        bad("an entity without a file", changed("\u00C4.csv", ""), "lacks the second"),
        bad(
            "a number that is none",
            changed("<ExecutionUnit>1", "<ExecutionUnit>one"),
            "whole number"),
        bad(
            "a number beyond 32 bits",
            changed("<ArrayIndex>0", "<ArrayIndex>4294967296"),
            "whole number"),
        refused(
            "UTF-8 that is none",
            manifest(MANIFEST.getBytes(ISO_8859_1)),
            "text in UTF-8 was expected"),
        refused(
            "half a character of UTF-16",
            manifest(
                MANIFEST.replace("\u00C4", "\uD83D\uD83D").getBytes(Charset.forName("UTF-16LE"))),
            ""),
        refused(
            "a charset of many bytes",
            manifest(declared("shift_jis").getBytes(Charset.forName("windows-1252"))),
            "text in UTF-8 was expected"),
        refused("UTF-7", manifest("+ADw-a/+AD4-".getBytes(UTF_8)), "well-formed"));
  }

  private static Case xml(String name, String manifest) {
    return xml(name, manifest, UTF_8);
  }

  private static Case xml(String name, String manifest, Charset charset) {
    return read(name, manifest(manifest.getBytes(charset)), READ);
  }

  private static Case bad(String name, String manifest, String told) {
    return refused(name, manifest(manifest.getBytes(UTF_8)), told);
  }

  private static ForgedZip manifest(byte[] bytes) {
    return new ForgedZip()
        .file("Manifest.xml", bytes, e -> {
          e.method = 0;
          e.pack(bytes);
        })
        .file("\u00C4.csv", "x");
  }

  private static String declared(String charset) {
    return "<?xml version=\"1.0\" encoding=\"" + charset + "\"?>" + MANIFEST;
  }

  private static String changed(String pattern, String by) {
    return MANIFEST.replaceFirst(pattern, by);
  }

  private static String dtd(String inside, String text) {
    return "<!DOCTYPE x [" + inside + "]>" + changed("Project", text);
  }

  private static String laughs() {
    StringBuilder laughs = new StringBuilder("<!ENTITY l0 \"&a;\">");
    for (int i = 1; i < 10; i++) {
      laughs.append("<!ENTITY l%d \"%s\">".formatted(i, "&l%d;".formatted(i - 1).repeat(10)));
    }
    return laughs.toString();
  }

  private static String attributes(int count) {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < count; i++) {
      attributes.append("a").append(i).append("=\"\" ");
    }
    return attributes.toString();
  }

  private static String address() {
    return "http://127.0.0.1:" + trap.getLocalPort() + "/x";
  }
}
