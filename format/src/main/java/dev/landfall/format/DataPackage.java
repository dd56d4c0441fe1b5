package dev.landfall.format;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventId;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Sha256;
import dev.landfall.format.PackageManifest.Entity;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A data package: a zip of one file for each exported entity, and of {@code Manifest.xml} and
 * {@code PackageHeader.xml}, which tell about them.
 *
 * <pre>{@code
 * try (DataPackage packed = DataPackage.open(file)) {
 *   for (PackageManifest.Entity entity : packed.manifest().entities()) {
 *     packed.unpack(entity, sink::store);
 *   }
 * }
 * }</pre>
 *
 * <p>A package comes from outside, and opening it checks all that can be known without unpacking:
 *
 * <ul>
 *   <li>The zip is whole, and everybody reads it alike: directory and headers agree, each byte
 *       belongs to one entry, and no two names are one on some system. Entries are stored or
 *       deflated, neither encrypted nor links, and within the {@link PackageLimits}.
 *   <li>The manifest names at least one entity, and for each a file that is there and that no other
 *       entity has. A file with something in it that no entity has is refused, so that nothing is
 *       lost unseen. Folders and other empty files are passed over. The header may be missing.
 *   <li>Both XML files are in UTF-8 or UTF-16, with a byte order mark or without, or in a charset
 *       of one byte that is declared. A document type is refused, and nothing outside is read.
 * </ul>
 *
 * <p>For one thread. Memory does not grow with the package, but for its manifest.
 */
public final class DataPackage implements Closeable {

  private static final int BLOCK = 64 * 1024;
  private static final int LONGEST_ID = 120;

  private final ExportedFile file;
  private final ZipBytes zip;
  private final PackageContents contents;

  private DataPackage(ExportedFile file, ZipBytes zip, PackageContents contents) {
    this.file = file;
    this.zip = zip;
    this.contents = contents;
  }

  /**
   * What {@code PackageHeader.xml} says; texts that it leaves out are empty.
   *
   * @param description usually the name of the data project
   * @param manifestType the class of F&amp;O that wrote the manifest
   * @param packageType what kind of package it is, such as {@code DefinitionGroup}
   * @param packageVersion such as {@code 1}
   */
  public record Header(
      String description, String manifestType, String packageType, String packageVersion) {}

  /**
   * Tells packages from other files by their bytes, whatever they are called.
   *
   * <p>A workbook is a zip too, but has neither of the two XML files, and so is no package. A file
   * that begins as a zip and cannot be read as one may be half a package: it counts as one, for
   * {@link #open} to refuse it.
   *
   * @param file must exist
   * @return whether it should be opened as a package
   * @throws IOException if the local disk cannot be read
   */
  public static boolean isPackage(Path file) throws IOException {
    ZipKind kind = ZipKind.of(file);
    return kind == ZipKind.PACKAGE || kind == ZipKind.BROKEN;
  }

  /**
   * {@return a package, with limits at their defaults}
   *
   * @param file complete and verified; read and never changed
   * @throws MalformedFileException if it is no package, or one that breaks a rule
   * @throws IOException if the local disk cannot be read
   */
  public static DataPackage open(ExportedFile file) throws IOException {
    return open(file, PackageLimits.defaults());
  }

  /**
   * {@return a package}
   *
   * @param file complete and verified; read and never changed
   * @param limits what it may hold at most
   * @throws MalformedFileException if it is no package, or one that breaks a rule or a limit
   * @throws IOException if the local disk cannot be read
   */
  public static DataPackage open(ExportedFile file, PackageLimits limits) throws IOException {
    ZipBytes zip = ZipBytes.open(file.path());
    try {
      return new DataPackage(file, zip, PackageContents.of(zip, limits));
    } catch (IOException | RuntimeException | Error refused) {
      try (zip) {
        throw refused;
      }
    }
  }

  /** {@return what the manifest says} */
  public PackageManifest manifest() {
    return contents.manifest();
  }

  /** {@return what the header says, if there is one} */
  public Optional<Header> header() {
    return Optional.ofNullable(contents.header());
  }

  /**
   * What is done with the file of an entity.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Use<T> {

    /**
     * Uses the file, which is removed when this returns or throws.
     *
     * @param file of one entity; a sink may keep it under a second name
     * @return what comes of it
     * @throws Exception is passed on as it is
     */
    T of(ExportedFile file) throws Exception;
  }

  /**
   * Unpacks the file of one entity beside the package, and removes it once it is used.
   *
   * <p>It is called as in the package and has the format that this tells. Its event is the
   * package's, but for two members: {@code EntityName} is the entity's label, and {@code EventId}
   * has a dash and the entity's place in the manifest added, from 1, so that whoever stores each
   * event once stores each entity.
   *
   * @param <T> what comes of it
   * @param entity one of the manifest
   * @param use called once, with the whole and verified file
   * @return what {@code use} returned
   * @throws MalformedFileException if what is unpacked is not what was packed, or is an archive
   *     itself and no office document
   * @throws IOException if the local disk cannot be read or written
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if the entity is none of the manifest
   * @throws Exception if {@code use} throws it
   */
  public <T> T unpack(Entity entity, Use<T> use) throws Exception {
    BusinessEvent event = eventOf(entity);
    PackedFile packed = contents.fileOf(entity);
    Path unpacked = file.scratch();
    try {
      Sha256 digest = write(packed, unpacked);
      checkNoArchive(packed, unpacked);
      String name = ZipNames.last(packed.name());
      return use.of(new ExportedFile(
          event, file.route(), name, FileFormat.ofName(name), packed.unpacked(), digest, unpacked));
    } finally {
      Files.deleteIfExists(unpacked);
    }
  }

  private Sha256 write(PackedFile packed, Path target) throws IOException, InterruptedException {
    MessageDigest digest = Sha256.newDigest();
    byte[] block = new byte[BLOCK];
    try (InputStream in = packed.open(zip);
        OutputStream out = Files.newOutputStream(
            target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        if (Thread.interrupted()) {
          throw new InterruptedException("A package was being unpacked.");
        }
        digest.update(block, 0, read);
        out.write(block, 0, read);
      }
    }
    return Sha256.of(digest);
  }

  private static void checkNoArchive(PackedFile packed, Path unpacked) throws IOException {
    ZipKind kind = ZipKind.of(unpacked);
    if (kind != ZipKind.NONE && kind != ZipKind.OFFICE) {
      throw PackedFile.broken(
          packed.name(), "is a zip itself, and neither a workbook nor another office document");
    }
  }

  /**
   * {@return how the records of an entity's file are read, as far as the manifest tells}
   *
   * <p>The format is found by the file's content and name, as {@link RecordFormat#any} does: the
   * manifest has only the name that users have given theirs. It tells the sheet of a workbook, and
   * which field of the file is which of the entity: values come under the entity's names, except
   * for arrays, and except that all keep the file's names if two would become one. It does not tell
   * whether delimited text has a header.
   *
   * @param entity one of the manifest
   */
  public RecordFormat formatOf(Entity entity) {
    String sheet = entity.sheet().replaceFirst("\\$$", "");
    RecordFormat found = sheet.isEmpty() ? RecordFormat.any() : new AnyFormat(sheet);
    return RenamedFormat.of(found, entity.fields());
  }

  /** The event with which an entity is handed on. */
  BusinessEvent eventOf(Entity entity) {
    int place = manifest().entities().indexOf(entity) + 1;
    if (place == 0) {
      throw new IllegalArgumentException(
          "A package unpacks the entities of its own manifest, and %s is none."
              .formatted(ZipNames.shown(entity.label())));
    }
    return BusinessEvent.of(file.event().payload().toBuilder()
        .with("EventId", idOf(file.event().id()) + "-" + place)
        .with("EntityName", entity.label())
        .build());
  }

  private static String idOf(EventId id) {
    return id.value().length() <= LONGEST_ID
        ? id.value()
        : Sha256.of(id.value().getBytes(StandardCharsets.UTF_8)).hex();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
