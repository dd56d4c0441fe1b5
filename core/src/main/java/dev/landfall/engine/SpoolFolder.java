package dev.landfall.engine;

import dev.landfall.file.Sha256;
import dev.landfall.spi.LandingId;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of a spool's files, and what is done with them.
 *
 * <p>All files of a landing begin with its key. What outlives a process is a file and a description
 * of it, which is written last; so a description proves that its file is whole.
 */
final class SpoolFolder {

  private static final Logger log = LoggerFactory.getLogger(SpoolFolder.class);
  private static final Pattern OURS =
      Pattern.compile("(?<key>[0-9a-f]{32})(-(?<number>[0-9]{1,18})\\.(part|begun|mark|mark\\.part)"
          + "|\\.(file|meta|meta\\.part))");

  private final Path folder;
  private final SpoolDisk disk;
  private final AtomicLong numbers = new AtomicLong();

  SpoolFolder(Path folder, SpoolDisk disk) {
    this.folder = folder;
    this.disk = disk;
  }

  /** Ids come from outside, so they are never part of a path. */
  static String key(LandingId id) {
    return Sha256.of((id.event() + "\0" + id.route()).getBytes(StandardCharsets.UTF_8))
        .hex()
        .substring(0, 32);
  }

  Path path() {
    return folder;
  }

  /** {@return a number that no other file of this folder has had} */
  long nextNumber() {
    return numbers.incrementAndGet();
  }

  /** What an attempt writes. */
  Path part(String key, long number) {
    return folder.resolve(key + "-" + number + ".part");
  }

  /** What an attempt has left for the next to go on from. */
  Kept begun(String key, long number) {
    return new Kept(key + "-" + number, "begun", "mark");
  }

  /** What an attempt has fetched whole, for all later ones. */
  Kept file(String key) {
    return new Kept(key, "file", "meta");
  }

  /**
   * Removes what a crash has left unfinished: a file without its description may not be whole, and
   * a description alone is of no use. Files that are none of ours are left alone.
   */
  void removeUnfinished() throws IOException {
    for (Path file : files("")) {
      Matcher ours = OURS.matcher(String.valueOf(file.getFileName()));
      if (ours.matches()) {
        String key = ours.group("key");
        String number = ours.group("number");
        if (number != null) {
          numbers.accumulateAndGet(Long.parseLong(number), Math::max);
        }
        Kept kept = number == null ? file(key) : begun(key, Long.parseLong(number));
        if (file.toString().endsWith(".part") || !kept.isThere()) {
          disk.delete(file);
        }
      }
    }
  }

  /** {@return all files that end so, by name} */
  List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** {@return what has this description} */
  Kept keptBy(Path description) {
    Matcher ours = OURS.matcher(String.valueOf(description.getFileName()));
    if (!ours.matches()) {
      throw new IllegalArgumentException("There is no landing's file with " + description);
    }
    String number = ours.group("number");
    return number == null
        ? file(ours.group("key"))
        : begun(ours.group("key"), Long.parseLong(number));
  }

  void delete(Path file) {
    try {
      disk.delete(file);
    } catch (IOException e) {
      log.warn("The spooled file {} could not be removed.", file, e);
    }
  }

  /** A file that outlives the attempt that wrote it, and this process. */
  final class Kept {

    private final String name;
    private final Path file;
    private final Path description;

    private Kept(String name, String fileEnding, String descriptionEnding) {
      this.name = name;
      this.file = folder.resolve(name + "." + fileEnding);
      this.description = folder.resolve(name + "." + descriptionEnding);
    }

    Path file() {
      return file;
    }

    Path description() {
      return description;
    }

    boolean isThere() {
      return Files.exists(file) && Files.exists(description);
    }

    long length() {
      return file.toFile().length();
    }

    /**
     * Keeps a file under this name, synced; in vain if the disk cannot be written.
     *
     * @param from where it lies in this folder
     * @param text its description
     * @return whether it is kept
     */
    boolean keep(Path from, String text) {
      Path draft = folder.resolve(description.getFileName() + ".part");
      try {
        disk.sync(from);
        disk.move(from, file);
        write(draft, text);
        disk.sync(draft);
        disk.move(draft, description);
        disk.sync(folder);
        return true;
      } catch (IOException e) {
        SpoolFolder.this.delete(draft);
        boolean isThere = Files.exists(description);
        if (!isThere) {
          SpoolFolder.this.delete(file);
        }
        log.warn(
            "What is fetched of {} could not be kept in {}; the next try fetches it again.",
            name,
            folder,
            e);
        return isThere;
      }
    }

    /**
     * Gives the file to an attempt. The folder is synced, so that what the attempt writes into it
     * is not found under this name after a power cut.
     */
    void moveTo(Path target) throws IOException {
      disk.delete(description);
      disk.move(file, target);
      disk.sync(folder);
    }

    void delete() {
      SpoolFolder.this.delete(description);
      SpoolFolder.this.delete(file);
    }

    String read() throws IOException {
      return Files.readString(description);
    }
  }

  /**
   * Writes as no interrupt can end it, which a channel would let it: the worker may be interrupted
   * because the pipeline closes, and the file is to outlive just that.
   */
  private static void write(Path file, String text) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
