package dev.landfall.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.management.ThreadMXBean;
import dev.landfall.event.Reason;
import dev.landfall.file.ExportedFile;
import dev.landfall.format.ForgedZip.Entry;
import dev.landfall.testkit.ExportedFiles;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.io.TempDir;

/** Plays tables of packages: none may crash, hang, leave a file or take much memory. */
abstract class PackageCorpus {

  static final PackageLimits LIMITS = PackageLimits.defaults();

  /** What a case may allocate in all, freed or not; the bombs would unpack to more. */
  private static final long MOST_ALLOCATED = 32L << 20;

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir
  Path folder;

  /** One package, and what is to become of it. */
  static final class Case {

    private final String name;
    private final byte[] zip;
    private final PackageLimits limits;
    private final String outcome;
    private final String told;

    private Case(String name, byte[] zip, PackageLimits limits, String outcome, String told) {
      this.name = name;
      this.zip = zip;
      this.limits = limits;
      this.outcome = outcome;
      this.told = told;
    }
  }

  static Case read(String name, ForgedZip zip, String content) {
    return new Case(name, zip.bytes(), LIMITS, "read", content);
  }

  static Case alone(String name, byte[] file) {
    return new Case(name, file, LIMITS, "alone", "");
  }

  static Case alone(String name, ForgedZip zip) {
    return alone(name, zip.bytes());
  }

  static Case refused(String name, byte[] file, String told) {
    return new Case(name, file, LIMITS, "refused", told);
  }

  static Case refused(String name, ForgedZip zip, String told) {
    return refused(name, zip.bytes(), told);
  }

  static Case refused(String name, ForgedZip zip, PackageLimits limits, String told) {
    return new Case(name, zip.bytes(), limits, "refused", told);
  }

  final Stream<DynamicTest> tests(Case... cases) {
    return Stream.of(cases)
        .map(each ->
            dynamicTest(each.name, () -> assertTimeoutPreemptively(LONGEST, () -> play(each))));
  }

  private void play(Case each) throws Exception {
    Path own = Files.createTempDirectory(folder, "case");
    ExportedFile file = ExportedFiles.in(own).named("export", each.zip);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    switch (each.outcome) {
      case "read" -> assertRead(each, file);
      case "alone" -> assertFalse(DataPackage.isPackage(file.path()));
      default -> assertRefused(each, file);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MOST_ALLOCATED, () -> allocated + " bytes allocated");
    try (Stream<Path> left = Files.list(own)) {
      assertEquals(List.of(file.path()), left.toList());
    }
  }

  private static void assertRead(Case each, ExportedFile file) throws Exception {
    assertTrue(DataPackage.isPackage(file.path()));
    String read = Packages.unpacked(file, each.limits).toString();
    assertEquals("{" + each.told + "}", read);
  }

  private static void assertRefused(Case each, ExportedFile file) throws Exception {
    assertTrue(DataPackage.isPackage(file.path()));
    MalformedFileException refused =
        assertThrows(MalformedFileException.class, () -> Packages.unpacked(file, each.limits));
    assertTrue(refused.getMessage().contains(each.told), refused.getMessage());
    assertEquals(Reason.MALFORMED_FILE, refused.reason());
    assertFalse(refused.retryable());
  }

  /** A package of one file whose entry is changed. */
  static ForgedZip one(Consumer<Entry> change) {
    return Packages.naming("A.csv").file("A.csv", "ID\n1\n", change);
  }

  static ForgedZip zip(Consumer<ForgedZip> change) {
    return Packages.ofOne().but(change);
  }

  /** A package of one file whose name has these bytes. */
  static ForgedZip named(String name, byte[] bytes, int flags) {
    return new ForgedZip().file("Manifest.xml", Packages.manifest(name)).file(name, "x", e -> {
      e.rename(bytes);
      e.flags = flags;
    });
  }

  static ForgedZip files(ForgedZip zip, int count) {
    IntStream.range(0, count).forEach(i -> zip.file("f" + i, ""));
    return zip;
  }

  static void store(Entry entry) {
    entry.method = 0;
    entry.pack("ID\n1\n".getBytes(UTF_8));
  }

  static void describe(Entry entry, boolean signed, boolean large) {
    entry.flags = ForgedZip.DESCRIBED_BEHIND;
    entry.behind = ForgedZip.descriptor(entry, signed, large);
  }
}
