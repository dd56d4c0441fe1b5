package dev.landfall.engine;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.Disk;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Sha256;
import dev.landfall.spi.LandingId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Local disk that holds downloaded files until every sink has them.
 *
 * <p>A landing's file is {@code <key>-<attempt>.part} while it is fetched and worked on. It costs
 * no sync as long as all goes well. When a sink fails it is {@linkplain #secure secured}: synced,
 * renamed to {@code <key>.file}, and described by {@code <key>.meta}, which is written last; so a
 * description proves a whole file, and the file outlives both the link and this process.
 */
final class Spool implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Spool.class);
  private static final Pattern OURS =
      Pattern.compile("(?<key>[0-9a-f]{32})(-[0-9]+\\.part|\\.meta\\.part|\\.meta|\\.file)");

  private final Path folder;
  private final SpoolDisk disk;
  private final FileChannel lockFile;
  private final AtomicLong parts = new AtomicLong();

  private Spool(Path folder, SpoolDisk disk, FileChannel lockFile) {
    this.folder = folder;
    this.disk = disk;
    this.lockFile = lockFile;
  }

  /** Opens a folder for one pipeline, and clears what an earlier one left unfinished. */
  static Spool open(Path folder, SpoolDisk disk) {
    try {
      Files.createDirectories(folder);
      Spool spool = new Spool(folder, disk, lock(folder.resolve("lock")));
      try {
        spool.removeUnfinished();
      } catch (IOException e) {
        spool.close();
        throw e;
      }
      return spool;
    } catch (IOException e) {
      throw FetchException.passing(
          Reason.SPOOL_UNAVAILABLE,
          "The spool needs a folder it can write to, and %s is none; choose one with Pipeline.spool."
              .formatted(folder.toAbsolutePath()),
          e);
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (Disk.tryLock(channel)) {
      return channel;
    }
    channel.close();
    throw FetchException.permanent(
        Reason.SPOOL_UNAVAILABLE,
        "A spool folder serves one pipeline, and another one holds %s; choose another with"
                .formatted(file.toAbsolutePath())
            + " Pipeline.spool.");
  }

  /**
   * A file without its description may not be whole, and a description alone is of no use. Files
   * that are none of ours are left alone.
   */
  private void removeUnfinished() throws IOException {
    for (Path file : files("")) {
      Matcher ours = OURS.matcher(String.valueOf(file.getFileName()));
      if (ours.matches() && (file.toString().endsWith(".part") || !isWhole(ours.group("key")))) {
        disk.delete(file);
      }
    }
  }

  private boolean isWhole(String key) {
    return Files.exists(fileOf(key)) && Files.exists(descriptionOf(key));
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /**
   * A place where an attempt writes the file of its landing, to be closed. Each attempt has one of
   * its own, so that one that is given up, or goes on after its lease has run out, cannot write
   * into the next one's file.
   */
  Place place(LandingId id) {
    return new Place(id);
  }

  /** Where one attempt has its file. */
  final class Place implements AutoCloseable {

    private final LandingId id;
    private final String key;
    private Path part;
    private boolean secured;
    private boolean untouched;
    private boolean closed;
    private @Nullable ExportedFile fetched;

    private Place(LandingId id) {
      this.id = id;
      this.key = key(id);
      this.part = newPart();
      this.secured = Files.exists(fileOf(key));
    }

    private Path newPart() {
      return folder.resolve(key + "-" + parts.incrementAndGet() + ".part");
    }

    /** The file that an attempt before secured, if it is here and whole. */
    Optional<ExportedFile> secured(BusinessEvent event) {
      return secured ? Spool.this.secured(id, key, event) : Optional.empty();
    }

    /** Where the attempt may write. */
    Path part() {
      return part;
    }

    /** Says what the attempt has written, whole. */
    ExportedFile hold(ExportedFile file) {
      fetched = file;
      untouched = true;
      return file;
    }

    /**
     * The file for the next sink: what was fetched for the first. One that a sink before gave a
     * name of its own is copied, because whoever finds it under that name may change it.
     */
    ExportedFile own(ExportedFile file) {
      try {
        ExportedFile own = !untouched && Disk.isShared(file.path()) ? copy(file) : file;
        untouched = false;
        return own;
      } catch (IOException e) {
        throw FetchException.passing(
            Reason.SPOOL_UNAVAILABLE,
            "The spool needs a writable folder with space left; %s cannot be copied in it."
                .formatted(file.path()),
            e);
      }
    }

    private ExportedFile copy(ExportedFile shared) throws IOException {
      Path copy = newPart();
      try {
        Files.copy(shared.path(), copy);
      } catch (IOException half) {
        delete(copy);
        throw half;
      }
      delete(part);
      part = copy;
      if (!Sha256.ofFile(copy).equals(shared.sha256())) {
        fetched = null;
        release();
        throw FetchException.passing(
            Reason.SPOOL_UNAVAILABLE,
            "The file of %s was changed in the folder where a sink had stored it, before the other sinks had it; it is fetched again."
                .formatted(id),
            null);
      }
      return hold(new ExportedFile(
          shared.event(), shared.name(), shared.format(), shared.length(), shared.sha256(), copy));
    }

    /** Makes the file outlive this attempt and this process, unless there is none or it does. */
    void secure() {
      if (fetched != null) {
        Spool.this.secure(id, key, fetched);
        secured = true;
        fetched = null;
      }
    }

    /** Frees what this attempt or one before has secured, as the landing has ended. */
    void release() {
      if (secured) {
        Spool.this.release(key);
      }
    }

    /** Frees what the attempt has written and not secured; twice does no harm. */
    @Override
    public void close() {
      if (!closed) {
        delete(part);
        closed = true;
      }
    }
  }

  private Optional<ExportedFile> secured(LandingId id, String key, BusinessEvent event) {
    return described(id, key)
        .map(text -> new ExportedFile(
            event,
            text.name(),
            FileFormat.ofName(text.name()),
            text.length(),
            text.sha256(),
            fileOf(key)));
  }

  /** Whether a landing's file is here, whatever becomes of its link. */
  boolean has(LandingId id) {
    return described(id, key(id)).isPresent();
  }

  private Optional<Description> described(LandingId id, String key) {
    try {
      if (!isWhole(key)) {
        return Optional.empty();
      }
      Description read = Description.read(descriptionOf(key));
      return Optional.of(read).filter(told -> fileOf(key).toFile().length() == told.length());
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      log.warn("The spooled file of {} cannot be used and is fetched again.", id, unreadable);
      return Optional.empty();
    }
  }

  private void secure(LandingId id, String key, ExportedFile file) {
    Path secured = fileOf(key);
    Path description = descriptionOf(key);
    Path draft = folder.resolve(key + ".meta.part");
    try {
      disk.sync(file.path());
      disk.move(file.path(), secured);
      Description.of(id, file).write(draft);
      disk.sync(draft);
      disk.move(draft, description);
      disk.sync(folder);
    } catch (IOException e) {
      delete(draft);
      if (!Files.exists(description)) {
        delete(secured);
      }
      // What is not whole is fetched again.
      log.warn(
          "The file of {} could not be secured in {}; the next try fetches it again.",
          id,
          folder,
          e);
    }
  }

  /** Frees the space of all landings that are over. */
  void sweep(Predicate<LandingId> over) {
    try {
      for (Path file : files(".meta")) {
        LandingId id = Description.read(file).id();
        if (over.test(id)) {
          release(key(id));
        }
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      log.warn("The spool {} could not be swept.", folder, e);
    }
  }

  private void release(String key) {
    delete(descriptionOf(key));
    delete(fileOf(key));
  }

  private Path fileOf(String key) {
    return folder.resolve(key + ".file");
  }

  private Path descriptionOf(String key) {
    return folder.resolve(key + ".meta");
  }

  private void delete(Path file) {
    try {
      disk.delete(file);
    } catch (IOException e) {
      log.warn("The spooled file {} could not be removed.", file, e);
    }
  }

  /** Ids come from outside, so they are never part of a path. */
  private static String key(LandingId id) {
    return Sha256.of((id.event() + "\0" + id.route()).getBytes(StandardCharsets.UTF_8))
        .hex()
        .substring(0, 32);
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      log.warn("The lock of the spool {} could not be given back.", folder, e);
    }
  }
}
