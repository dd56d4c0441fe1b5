package dev.landfall;

import dev.landfall.file.Disk;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.KeyTemplate;
import dev.landfall.file.Receipt;
import dev.landfall.file.Sha256;
import dev.landfall.spi.FileSink;
import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Stores each file as it is in a folder.
 *
 * <p>A file appears under its name only when it is whole and on the disk. Where the spool lies on
 * the same disk, its file is synced and gets the name besides its own, so nothing is copied;
 * elsewhere it is copied under a hidden name beside its place, synced and renamed. Then the folder
 * is synced. A file that is there already with the same bytes counts as stored; with other bytes
 * the landing is refused and the older file stays. A crash can leave a hidden file
 * {@code .landfall-*.part}, which the next try writes over.
 */
public final class FolderSink implements FileSink {

  private static final String DEFAULT_KEY = "{entity}/{legalEntity}/{date}/{eventId}.{format}";

  /** File locks tell processes apart; within this one, all who store under one name take turns. */
  private static final List<Object> TURNS =
      Stream.generate(Object::new).limit(64).toList();

  private static final int MOST_REMEMBERED = 10_000;

  private final Path folder;
  private final KeyTemplate key;
  /** Folders whose names up to our own are on the disk, each with what syncs it. */
  private final Map<Path, FolderSync> safeFolders = new ConcurrentHashMap<>();

  /** Whether files of the spool can get a name here, as far as is known. */
  private volatile boolean sharesDisk;

  private FolderSink(Path folder, KeyTemplate key, boolean sharesDisk) {
    this.folder = folder;
    this.key = key;
    this.sharesDisk = sharesDisk;
  }

  /**
   * {@return a sink that stores files as {@code {entity}/{legalEntity}/{date}/{eventId}.{format}}
   * in a folder}
   *
   * @param folder created when the first file is stored
   */
  public static FolderSink at(Path folder) {
    return new FolderSink(folder.toAbsolutePath().normalize(), KeyTemplate.of(DEFAULT_KEY), true);
  }

  /**
   * {@return this sink with other names for its files}
   *
   * @param template see {@link KeyTemplate}; should give each event another key, so it usually
   *     holds {@code {eventId}}
   * @throws IllegalArgumentException if it is no key template
   */
  public FolderSink key(String template) {
    return new FolderSink(folder, KeyTemplate.of(template), sharesDisk);
  }

  /** {@return this sink as it is where the spool lies on another disk} */
  FolderSink copying() {
    return new FolderSink(folder, key, false);
  }

  @Override
  public String name() {
    return "folder " + folder;
  }

  @Override
  public Receipt store(ExportedFile file) throws InterruptedException {
    Path target = folder.resolve(key.keyOf(file)).normalize();
    if (!target.startsWith(folder)) {
      throw SinkException.rejected(
          "A key stays inside its folder; %s leaves %s.".formatted(target, folder), null);
    }
    try {
      synchronized (TURNS.get(Math.floorMod(target.hashCode(), TURNS.size()))) {
        if (!put(file, target)) {
          requireSame(file, target);
          Disk.sync(target);
        }
      }
      syncFolders(target);
      return Receipt.of(target.toString(), file);
    } catch (ClosedByInterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException("The pipeline closes.");
    } catch (IOException e) {
      throw SinkException.unavailable(
          "A folder sink needs a folder it can write to, with space left; %s cannot be written."
              .formatted(target),
          e);
    }
  }

  /** Returns false if there is a file already. */
  private boolean put(ExportedFile file, Path target) throws IOException {
    createFolder(Objects.requireNonNull(target.getParent()));
    try {
      return (sharesDisk && link(file, target)) || (!Files.exists(target) && copy(file, target));
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  private boolean link(ExportedFile file, Path target) throws IOException {
    Disk.sync(file.path());
    sharesDisk = Disk.link(file.path(), target);
    return sharesDisk;
  }

  /**
   * Returns false if a file has taken the place in the meantime.
   *
   * <p>All who store under one name write to one draft, which they lock; so of two the second finds
   * the file of the first, and a draft that a crash left is written over by the next try.
   */
  private boolean copy(ExportedFile file, Path target) throws IOException {
    Path draft = target.resolveSibling(draftName(target));
    try (FileChannel out =
        FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (!Disk.tryLock(out)) {
        throw SinkException.unavailable(
            "A file is stored by one process at a time, and another is just storing %s."
                .formatted(target),
            null);
      }
      try {
        if (Files.exists(target)) {
          return false;
        }
        copy(file.path(), out);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        return true;
      } finally {
        Files.deleteIfExists(draft);
      }
    }
  }

  private void createFolder(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      safeFolders.remove(parent);
      Files.createDirectories(parent);
    }
  }

  private static String draftName(Path target) {
    byte[] name = String.valueOf(target.getFileName()).getBytes(StandardCharsets.UTF_8);
    return ".landfall-" + Sha256.of(name).hex().substring(0, 32) + ".part";
  }

  private static void copy(Path from, FileChannel out) throws IOException {
    out.truncate(0);
    try (FileChannel in = FileChannel.open(from)) {
      long size = in.size();
      for (long done = 0; done < size; ) {
        done += in.transferTo(done, size - done, out);
      }
    }
    out.force(true);
  }

  /**
   * A name is only safe once its folder is synced, and a new folder once the one above it is;
   * whether an older one is, nobody can tell who did not sync it.
   */
  private void syncFolders(Path target) throws IOException {
    Path parent = Objects.requireNonNull(target.getParent());
    FolderSync known = safeFolders.get(parent);
    if (known != null) {
      known.sync();
      return;
    }
    for (Path above = parent;
        above != null && above.startsWith(folder);
        above = above.getParent()) {
      Disk.sync(above);
    }
    if (safeFolders.size() >= MOST_REMEMBERED) {
      safeFolders.clear();
    }
    safeFolders.put(parent, new FolderSync(parent));
  }

  private static void requireSame(ExportedFile file, Path stored) throws IOException {
    if (Files.size(stored) != file.length() || !Sha256.ofFile(stored).equals(file.sha256())) {
      throw SinkException.rejected(
          ("A folder sink never overwrites: %s is there with other bytes; give the sink a key that"
                  + " tells exports apart, such as one with {eventId}, or move the file away.")
              .formatted(stored),
          null);
    }
  }
}
