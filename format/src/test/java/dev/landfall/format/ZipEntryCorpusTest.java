package dev.landfall.format;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Zips with entries that no package has, and why each is refused. */
class ZipEntryCorpusTest extends PackageCorpus {

  @TestFactory
  Stream<DynamicTest> refusedForItsEntries() {
    return tests(
        refused("a way up", Packages.naming("../A.csv").file("../A.csv", "x"), "has a part .."),
        refused(
            "a way up with backslashes",
            Packages.naming("A.csv").file("..\\..\\A.csv", "x"),
            "has a part .."),
        refused(
            "a way up in the middle",
            Packages.naming("A.csv").file("a/../../A.csv", "x"),
            "has a part .."),
        refused(
            "an absolute name",
            Packages.naming("A.csv").file("/etc/passwd", "x"),
            "a place on a disk"),
        refused(
            "an absolute name with backslashes",
            Packages.naming("A.csv").file("\\\\host\\A.csv", "x"),
            "a place on a disk"),
        refused("a drive", Packages.naming("A.csv").file("C:A.csv", "x"), "a place on a disk"),
        refused("a stream of a file", Packages.naming("A.csv").file("A.csv:x", "x"), "has a colon"),
        refused(
            "a control character",
            Packages.naming("A.csv").file("A\0.csv", "x"),
            "control character"),
        refused("a line break", Packages.naming("A.csv").file("A\n.csv", "x"), "control character"),
        refused(
            "a dot at the end", Packages.naming("A.csv.").file("A.csv.", "x"), "ends with a dot"),
        refused("a blank at the end", Packages.naming("A.csv").file("A.csv ", "x"), "or a blank"),
        refused("a device", Packages.naming("nul.csv").file("nul.csv", "x"), "takes for a device"),
        refused("no name", Packages.naming("A.csv").file("", "x"), "empty part"),
        refused(
            "a name of 300 characters",
            Packages.naming("A.csv").file("x".repeat(300), "x"),
            "'longest name'"),
        refused(
            "a name that is no UTF-8",
            named("A", new byte[] {(byte) 0xFF}, ForgedZip.UTF_8),
            "is not"),
        refused("one name twice", Packages.ofOne().file("A.csv", "y"), "another entry has"),
        refused("one name in two cases", Packages.ofOne().file("a.CSV", "y"), "another entry has"),
        refused(
            "a file and a folder of one name",
            Packages.ofOne().file("A.csv/", ""),
            "another entry has"),
        refused("two manifests", Packages.ofOne().file("manifest.xml", "y"), "another entry has"),
        refused("encrypted", one(e -> e.flags = 1), "is encrypted"),
        refused("encrypted strongly", one(e -> e.flags = 1 << 6), "is encrypted"),
        refused("encrypted by AES", one(e -> e.method = 99), "is encrypted"),
        refused("a symbolic link", one(e -> e.mode = 0xA1FF), "is a link"),
        refused("a device of Unix", one(e -> e.mode = 0x21B6), "is a link"),
        refused("a folder by its mode", one(e -> e.mode = 0x41ED), "is a link"),
        refused("a folder with data", Packages.ofOne().file("f/", "x"), "is a folder"),
        refused("packed by deflate64", one(e -> e.method = 9), "method 9"),
        refused("packed by LZMA", one(e -> e.method = 14), "method 14"),
        refused("packed by nobody", one(e -> e.method = 0xFFFF), "method 65535"),
        refused("other bytes", one(e -> e.crc ^= 1), "CRC-32"),
        refused("more bytes than told", one(e -> e.unpackedSize--), "more than the 4 bytes"),
        refused(
            "fewer bytes than told",
            one(e -> e.unpackedSize++),
            "to 5 bytes and is told to have 6"),
        refused("other bytes of the manifest", zip(z -> z.entries.get(0).crc ^= 1), "CRC-32"),
        refused(
            "packed bytes of the manifest that are none",
            zip(z -> Arrays.fill(z.entries.get(0).packed, 40, 60, (byte) 0xFF)),
            "cannot be unpacked"),
        refused(
            "a size that is not stored",
            one(e -> {
              store(e);
              e.unpackedSize++;
            }),
            "another size"),
        refused("packed bytes that are none", one(e -> e.packed[0] = 7), "cannot be unpacked"),
        refused(
            "packed bytes that end early",
            one(e -> e.pack(Arrays.copyOf(e.packed, 4))),
            "cannot be unpacked"),
        refused(
            "bytes behind the packed ones",
            one(e -> e.pack(Arrays.copyOf(e.packed, 40))),
            "ends before"));
  }

  @TestFactory
  Stream<DynamicTest> refusedForItsSize() {
    return tests(
        refused(
            "a bomb",
            Packages.naming("A.csv").file("A.csv", new byte[40 << 20], e -> {}),
            "'highest ratio'"),
        refused(
            "a bomb that lies",
            Packages.naming("A.csv")
                .file("A.csv", new byte[40 << 20], e -> e.unpackedSize = 1 << 20),
            "more than the 1048576 bytes"),
        refused(
            "a bomb as the manifest",
            new ForgedZip().file("Manifest.xml", " ".repeat(40 << 20)),
            "'highest ratio'"),
        refused(
            "a bomb as the header",
            Packages.ofOne().but(z -> {
              z.entries.get(1).unpackedSize = 1L << 30;
            }),
            "'highest ratio'"),
        refused(
            "a bomb of 2^63 bytes",
            one(e -> {
              e.large = true;
              e.unpackedSize = Long.MAX_VALUE;
            }),
            "'highest ratio'"),
        refused(
            "more in all than may be",
            Packages.ofOne(),
            LIMITS.withLargestTotal(1_000),
            "'largest total'"),
        refused("a large manifest", Packages.ofOne(), LIMITS.withLargestXml(500), "'largest XML'"),
        refused(
            "a zip in it",
            Packages.naming("A.zip")
                .file("A.zip", new ForgedZip().file("x", "x").bytes(), e -> {}),
            "is a zip itself"),
        refused(
            "a package in it",
            Packages.naming("A.zip").file("A.zip", Packages.ofOne().bytes(), e -> {}),
            "is a zip itself"),
        refused(
            "half a zip in it",
            Packages.naming("A.csv").file("A.csv", "PK\3\4"),
            "is a zip itself"));
  }

  @TestFactory
  Stream<DynamicTest> refusedForItsManifest() {
    return tests(
        refused(
            "a header and no manifest",
            new ForgedZip().file("PackageHeader.xml", Packages.header()).file("A.csv", "x"),
            "this zip of 1 files has none"),
        refused("no entities", Packages.naming(), "names none"),
        refused(
            "a file that is not there",
            Packages.naming("A.csv", "B.csv").file("A.csv", "x"),
            "\"B.csv\" of entity \"B\" is not there"),
        refused(
            "a file of no entity",
            Packages.ofOne().file("B.csv", "x"),
            "no entity that it belongs to"),
        refused(
            "a file of two entities",
            Packages.naming("A.csv", "a.csv").file("A.csv", "x"),
            "belongs to two"),
        refused("the manifest as an entity", Packages.naming("Manifest.xml"), "is not there"),
        refused(
            "a broken header",
            new ForgedZip()
                .file("Manifest.xml", Packages.manifest("A.csv"))
                .file("PackageHeader.xml", "<x/>")
                .file("A.csv", "x"),
            "PackageHeader.xml, line 1"));
  }
}
