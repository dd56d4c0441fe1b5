package dev.landfall.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Zips of many shapes, and what becomes of each: read, left alone or refused. */
class ZipShapeCorpusTest extends PackageCorpus {

  private static final String WHOLE = "Is it whole?";

  private static final byte[] WORKBOOK = new ForgedZip()
      .file("[Content_Types].xml", "<Types/>")
      .file("xl/a.xml", "<a/>")
      .bytes();

  @TestFactory
  Stream<DynamicTest> read() {
    return tests(
        read("as F&O writes it", Packages.ofOne(), "A=ID\n1\n"),
        read("stored as it is", one(PackageCorpus::store), "A=ID\n1\n"),
        read("sizes behind the data", one(e -> describe(e, true, false)), "A=ID\n1\n"),
        read("sizes behind, unsigned", one(e -> describe(e, false, false)), "A=ID\n1\n"),
        read("sizes behind, 64 bits", one(e -> describe(e, true, true)), "A=ID\n1\n"),
        read("sizes behind, 64 bits, unsigned", one(e -> describe(e, false, true)), "A=ID\n1\n"),
        read(
            "sizes behind and left out",
            one(e -> e.flags = ForgedZip.DESCRIBED_BEHIND),
            "A=ID\n1\n"),
        read("sizes of 64 bits", one(e -> e.large = true), "A=ID\n1\n"),
        read("an end of 64 bits", zip(z -> z.largeEnd = true), "A=ID\n1\n"),
        read("a comment", zip(z -> z.comment = "hello".getBytes(UTF_8)), "A=ID\n1\n"),
        read(
            "a comment with PK in it",
            zip(z -> z.comment = "PK\5\6 PK\3\4".getBytes(UTF_8)),
            "A=ID\n1\n"),
        read(
            "a comment that is an end",
            zip(z -> z.comment = ForgedZip.end(0, 0, 0, 0, 0)),
            "A=ID\n1\n"),
        read(
            "a comment that is an end of some entries",
            zip(z -> z.comment = ForgedZip.end(0, 3, 99, 7, 0)),
            "A=ID\n1\n"),
        read(
            "folders and empty files",
            Packages.ofOne().file("f/", "").file("f/x", ""),
            "A=ID\n1\n"),
        read(
            "a name in code page 437",
            named("Gr\u00FC\u00DFe", new byte[] {'G', 'r', (byte) 0x81, (byte) 0xE1, 'e'}, 0),
            "Gr\u00FC\u00DFe=x"),
        read("a name in UTF-8", named("顧客", "顧客".getBytes(UTF_8), ForgedZip.UTF_8), "顧客=x"),
        read("a name in UTF-8 without the flag", named("顧客", "顧客".getBytes(UTF_8), 0), "顧客=x"),
        read(
            "a name with a dash of Unicode's",
            named("a\u2013b", "a\u2013b".getBytes(UTF_8), 0),
            "a\u2013b=x"),
        read(
            "another case than in the manifest",
            Packages.naming("A.csv").file("a.CSV", "x"),
            "A=x"),
        read("in a folder", Packages.naming("d/A.csv").file("d\\A.csv", "x"), "d/A=x"),
        read("an empty file of an entity", Packages.naming("A.csv").file("A.csv", ""), "A="),
        read(
            "without a header",
            new ForgedZip().file("MANIFEST.XML", Packages.manifest("A.csv")).file("A.csv", "x"),
            "A=x"),
        read(
            "a workbook",
            Packages.naming("A.xlsx").file("A.xlsx", WORKBOOK, e -> {}),
            "A=" + new String(WORKBOOK, ISO_8859_1)),
        read(
            "1 MiB of one letter",
            Packages.naming("A.csv").file("A.csv", "a".repeat(1 << 20)),
            "A=" + "a".repeat(1 << 20)),
        read("1,000 entries", files(Packages.naming("A.csv"), 997).file("A.csv", "x"), "A=x"));
  }

  @TestFactory
  Stream<DynamicTest> leftAlone() {
    return tests(
        alone("an empty file", new byte[0]),
        alone("text", "ID\n1\n".getBytes(UTF_8)),
        alone("text that begins with PK", "PK\n1\n".getBytes(UTF_8)),
        alone("a workbook", WORKBOOK),
        alone("a zip of files", new ForgedZip().file("A.csv", "x")),
        alone("a zip with the manifest in a folder", new ForgedZip().file("d/Manifest.xml", "x")),
        alone("a zip without entries", new ForgedZip()),
        alone("bytes before the zip", Packages.ofOne().but(z -> z.prefix = new byte[] {'M', 'Z'})),
        alone("a zip of 65,536 files", files(new ForgedZip(), 65_536).but(z -> z.largeEnd = true)));
  }

  @TestFactory
  Stream<DynamicTest> refusedForItsShape() {
    return tests(
        refused("cut in a file", cut(Packages.ofOne(), 300), WHOLE),
        refused("cut in the directory", cut(Packages.ofOne(), 60), WHOLE),
        refused("cut by one byte", cut(Packages.ofOne(), 1), WHOLE),
        refused("one byte too many", longer(Packages.ofOne()), WHOLE),
        refused("only a beginning", new byte[] {'P', 'K', 3, 4}, WHOLE),
        refused("a directory elsewhere", zip(z -> z.directoryShift = -1), WHOLE),
        refused("a directory beyond the end", zip(z -> z.directoryShift = 99_999), WHOLE),
        refused("one of several parts", zip(z -> z.disk = 1), WHOLE),
        refused("an entry in another part", one(e -> e.disk = 1), "another part"),
        refused("fewer entries than told", zip(z -> z.countTold = 4), "fewer entries than the 4"),
        refused("more entries than told", zip(z -> z.countTold = 2), "more entries than the 2"),
        refused(
            "65,536 entries, told as 0",
            files(Packages.naming("A.csv"), 65_536).but(z -> z.countTold = 0),
            "more entries than the 0"),
        refused(
            "1,001 entries",
            files(Packages.naming("A.csv"), 998).file("A.csv", "x"),
            "'most entries'"),
        refused(
            "another name in its header",
            one(e -> e.headerName = "B.csv".getBytes(UTF_8)),
            "something else in the directory"),
        refused(
            "another size in its header",
            one(e -> e.sizeInHeader = 4),
            "something else in the directory"),
        refused("another place than told", one(e -> e.offset = 5), "does not begin where"),
        refused(
            "a place beyond the end", one(e -> e.offset = 99_999_999), "points to byte 99999999"),
        refused(
            "a size beyond the end",
            one(e -> {
              store(e);
              e.packedSize = e.unpackedSize = 99_999;
            }),
            "beyond the end"),
        refused(
            "a size of 64 bits below zero",
            one(e -> {
              e.large = true;
              e.unpackedSize = -5;
            }),
            "32 bits"),
        refused(
            "a size of 64 bits that is not there",
            one(e -> e.unpackedSize = 0xFFFF_FFFFL),
            "32 bits"),
        refused("an entry in another one", oneWithinAnother(), "reaches into what follows"),
        refused("two entries that share their data", twice(), "something else in the directory"),
        refused(
            "an entry that the directory has not",
            zip(z -> z.beforeDirectory = new ForgedZip().file("B.csv", "x").bytes()),
            "belong to no entry"),
        refused(
            "bytes between two entries", one(e -> e.before = new byte[7]), "belong to no entry"),
        refused(
            "wrong sizes behind the data",
            one(e -> {
              describe(e, true, false);
              e.behind[15]++;
            }),
            "belong to no entry"),
        refused(
            "bytes before the first entry",
            zip(z -> z.prefix = new ForgedZip().file("B.csv", "x").bytes()),
            "belong to no entry"));
  }

  private static byte[] cut(ForgedZip zip, int bytes) {
    byte[] whole = zip.bytes();
    return Arrays.copyOf(whole, whole.length - bytes);
  }

  private static byte[] longer(ForgedZip zip) {
    byte[] whole = zip.bytes();
    return Arrays.copyOf(whole, whole.length + 1);
  }

  /** The data of one entry is another with header and data, so the same bytes unpack twice. */
  private static ForgedZip oneWithinAnother() {
    ForgedZip zip = Packages.naming("A.csv", "B.csv");
    ForgedZip inner = new ForgedZip().file("B.csv", "x");
    byte[] data = Arrays.copyOf(inner.bytes(), inner.bodyLength());
    int place = zip.bodyLength() + 30 + "A.csv".length();
    return zip.file("A.csv", data, e -> {
          e.method = 0;
          e.pack(data);
        })
        .file("B.csv", "x", e -> {
          e.onlyInDirectory = true;
          e.offset = place;
        });
  }

  private static ForgedZip twice() {
    return Packages.ofOne().file("B.csv", "ID\n1\n", e -> {
      e.onlyInDirectory = true;
      e.offset = Packages.naming("A.csv").bodyLength();
    });
  }
}
