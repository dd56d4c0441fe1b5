package dev.landfall.engine;

import dev.landfall.event.Reason;
import dev.landfall.file.Disk;
import dev.landfall.file.FetchException;
import dev.landfall.spi.LandingId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Local disk that holds downloaded files until every sink has them.
 *
 * <p>A landing's file is {@code <key>-<attempt>.part} while it is fetched and worked on. It costs
 * no sync as long as all goes well. When a sink fails it is {@linkplain Place#secure secured}:
 * synced, renamed to {@code <key>.file}, and described by {@code <key>.meta}. When the download
 * fails, what is here of it is {@code <key>-<attempt>.begun} and its {@code .mark}, for the next
 * attempt to go on from. Both outlive this process.
 */
final class Spool implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Spool.class);

  private final SpoolFolder folder;
  private final Room room;
  private final Beginnings beginnings;
  private final FileChannel lockFile;

  private Spool(SpoolFolder folder, Room room, FileChannel lockFile) {
    this.folder = folder;
    this.room = room;
    this.beginnings = new Beginnings(folder, room);
    this.lockFile = lockFile;
  }

  /**
   * Opens a folder for one pipeline, and clears what an earlier one left unfinished.
   *
   * @param limit how many bytes it may hold
   */
  static Spool open(Path path, SpoolDisk disk, long limit) {
    try {
      Files.createDirectories(path);
      Spool spool =
          new Spool(new SpoolFolder(path, disk), new Room(limit), lock(path.resolve("lock")));
      try {
        spool.takeStock();
      } catch (IOException e) {
        spool.close();
        throw e;
      }
      return spool;
    } catch (IOException e) {
      throw FetchException.passing(
          Reason.SPOOL_UNAVAILABLE,
          "The spool needs a folder it can write to, and %s is none; choose one with Pipeline.spool."
              .formatted(path.toAbsolutePath()),
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

  private void takeStock() throws IOException {
    folder.removeUnfinished();
    for (Path file : folder.files(".file")) {
      room.hold(file.toFile().length());
    }
    beginnings.takeStock();
  }

  /**
   * A place where an attempt writes the file of its landing, to be closed. Each attempt has one of
   * its own, so that one that is given up, or goes on after its lease has run out, cannot write
   * into the next one's file.
   */
  Place place(LandingId id) {
    return new Place(id, folder, room, beginnings);
  }

  /** Whether a landing's file is here, whatever becomes of its link. */
  boolean has(LandingId id) {
    return Description.of(id, folder.file(SpoolFolder.key(id))).isPresent();
  }

  /** Frees the space of all landings that are over. */
  void sweep(Predicate<LandingId> over) {
    try {
      for (Path file : folder.files(".meta")) {
        LandingId id = Description.parse(Files.readString(file)).id();
        if (over.test(id)) {
          SpoolFolder.Kept kept = folder.file(SpoolFolder.key(id));
          room.give(kept.length());
          kept.delete();
        }
      }
      beginnings.sweep(over);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      log.warn("The spool {} could not be swept.", folder.path(), e);
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      log.warn("The lock of the spool {} could not be given back.", folder.path(), e);
    }
  }
}
