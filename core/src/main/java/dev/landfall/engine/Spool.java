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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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

  private final Path folder;
  private final FileChannel lockFile;
  private final AtomicLong attempts = new AtomicLong();

  private Spool(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /** Opens a folder for one pipeline, and clears what an earlier one left unfinished. */
  static Spool open(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel lockFile = lock(folder.resolve("lock"));
      Spool spool = new Spool(folder, lockFile);
      spool.removeParts();
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

  private void removeParts() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".part")).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Where an attempt writes the file of its landing. Each attempt has a place of its own, so that
   * one that is given up, or goes on after its lease has run out, cannot write into the next one's
   * file.
   */
  Path newPart(LandingId id) {
    return folder.resolve(key(id) + "-" + attempts.incrementAndGet() + ".part");
  }

  /** The file of a landing whose sinks failed before, if it is here and whole. */
  Optional<ExportedFile> secured(LandingId id, BusinessEvent event) {
    try {
      Path description = folder.resolve(key(id) + ".meta");
      Path file = folder.resolve(key(id) + ".file");
      if (!Files.exists(description) || !Files.exists(file)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(description, StandardCharsets.UTF_8);
      long length = Long.parseLong(lines.get(0));
      Sha256 sha256 = new Sha256(lines.get(1));
      String name = String.join("\n", lines.subList(2, lines.size()));
      return Files.size(file) == length
          ? Optional.of(
              new ExportedFile(event, name, FileFormat.ofName(name), length, sha256, file))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
      log.warn("The spooled file of {} cannot be used and is fetched again.", id, unreadable);
      return Optional.empty();
    }
  }

  /** Makes a file survive this process. */
  void secure(LandingId id, ExportedFile file) {
    Path secured = folder.resolve(key(id) + ".file");
    if (file.path().equals(secured)) {
      return;
    }
    // The worker may be interrupted because the pipeline closes, and the file is to outlive just
    // that.
    boolean interrupted = Thread.interrupted();
    try {
      Disk.sync(file.path());
      Files.move(file.path(), secured, StandardCopyOption.ATOMIC_MOVE);
      Path draft = folder.resolve(key(id) + ".meta.part");
      Files.write(draft, List.of(Long.toString(file.length()), file.sha256().hex(), file.name()));
      Disk.sync(draft);
      Files.move(draft, folder.resolve(key(id) + ".meta"), StandardCopyOption.ATOMIC_MOVE);
      Disk.sync(folder);
    } catch (IOException e) {
      throw FetchException.passing(
          Reason.SPOOL_UNAVAILABLE,
          "The file of %s could not be secured in %s.".formatted(id, folder),
          e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Frees the space of an attempt that has ended. */
  void remove(Path part) {
    delete(part);
  }

  /** Frees the space of a landing that has ended. */
  void release(LandingId id) {
    delete(folder.resolve(key(id) + ".meta"));
    delete(folder.resolve(key(id) + ".file"));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
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
