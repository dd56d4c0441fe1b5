package dev.landfall.engine;

import dev.landfall.download.Part;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.Disk;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Sha256;
import dev.landfall.spi.LandingId;
import dev.landfall.spi.Settlement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where one attempt has its file in the spool; used by the attempt's thread alone. */
final class Place implements AutoCloseable {

  private final LandingId id;
  private final String key;
  private final SpoolFolder folder;
  private final Room room;
  private final Beginnings beginnings;
  private final SpoolFolder.Kept kept;
  private Path file;
  private boolean secured;
  private boolean untouched;
  private boolean closed;
  private long taken;
  private @Nullable Part part;
  private @Nullable ExportedFile fetched;
  private @Nullable Sha256 seen;

  Place(LandingId id, SpoolFolder folder, Room room, Beginnings beginnings) {
    this.id = id;
    this.key = SpoolFolder.key(id);
    this.folder = folder;
    this.room = room;
    this.beginnings = beginnings;
    this.kept = folder.file(key);
    this.file = newFile();
    this.secured = Files.exists(kept.file());
  }

  private Path newFile() {
    return folder.part(key, folder.nextNumber());
  }

  /** The file that an attempt before secured, if it is here and whole. */
  Optional<ExportedFile> secured(BusinessEvent event) {
    Optional<Description> described = secured ? Description.of(id, kept) : Optional.empty();
    described.ifPresent(told -> seen = told.sha256());
    return described.map(told -> new ExportedFile(
        event,
        id.route(),
        told.name(),
        FileFormat.ofName(told.name()),
        told.length(),
        told.sha256(),
        kept.file()));
  }

  /** Where the attempt may write, with what an attempt before has left there. */
  Part part() {
    if (part == null) {
      part = beginnings.take(id, file).orElseGet(() -> Part.at(file));
      taken += part.received();
    }
    return part;
  }

  /**
   * Takes the room that a download needs.
   *
   * @param soFar how many bytes are here
   * @param inAll how many there will be, or -1
   */
  void takeRoom(long soFar, long inAll) {
    long needed = Math.max(soFar, inAll);
    if (needed > taken) {
      if (!room.take(needed - taken)) {
        // If all that wait for room kept what they have, none would ever get it.
        part = null;
        throw FetchException.passing(
            Reason.SPOOL_UNAVAILABLE,
            "The spool holds %d of at most %d bytes and has no room for a file of %d; Pipeline.spoolLimit allows more."
                .formatted(room.held() - taken, room.limit(), needed),
            null);
      }
      taken = needed;
    }
  }

  private void giveRoomBut(long bytes) {
    room.give(taken - bytes);
    taken = bytes;
  }

  /** Says what the attempt has written, whole. */
  ExportedFile hold(ExportedFile whole) {
    fetched = whole;
    seen = whole.sha256();
    untouched = true;
    return whole;
  }

  /**
   * The file for the next sink: what was fetched for the first. One that a sink before gave a name
   * of its own is copied, because whoever finds it under that name may change it.
   */
  ExportedFile own(ExportedFile whole) {
    try {
      ExportedFile own = !untouched && Disk.isShared(whole.path()) ? copy(whole) : whole;
      untouched = false;
      return own;
    } catch (IOException e) {
      throw FetchException.passing(
          Reason.SPOOL_UNAVAILABLE,
          "The spool needs a writable folder with space left; %s cannot be copied in it."
              .formatted(whole.path()),
          e);
    }
  }

  private ExportedFile copy(ExportedFile shared) throws IOException {
    Path copy = newFile();
    try {
      Files.copy(shared.path(), copy);
    } catch (IOException half) {
      folder.delete(copy);
      throw half;
    }
    folder.delete(file);
    file = copy;
    if (!Sha256.ofFile(copy).equals(shared.sha256())) {
      fetched = null;
      part = null;
      release();
      throw FetchException.passing(
          Reason.SPOOL_UNAVAILABLE,
          "The file of %s was changed in the folder where a sink had stored it, before the other sinks had it; it is fetched again."
              .formatted(id),
          null);
    }
    return hold(new ExportedFile(
        shared.event(),
        shared.route(),
        shared.name(),
        shared.format(),
        shared.length(),
        shared.sha256(),
        copy));
  }

  /**
   * Makes what is here of the file outlive this attempt and this process: all of it, or what the
   * next attempt can go on from.
   */
  void secure() {
    if (fetched != null) {
      long before = kept.length();
      secured = kept.keep(fetched.path(), Description.of(id, fetched).text());
      // Of another attempt that has secured it, or freed it, meanwhile, nothing is left.
      giveRoomBut(secured ? kept.length() - before : 0);
      taken = 0;
      fetched = null;
      part = null;
    } else if (part != null && part.isWorthKeeping()) {
      giveRoomBut(part.received());
      if (beginnings.keep(id, part)) {
        taken = 0;
      }
      part = null;
    }
  }

  /** {@return an event with the digest of its file, if this attempt has seen the file} */
  BusinessEvent digested(BusinessEvent event) {
    return seen == null
        ? event
        : BusinessEvent.of(event.payload().toBuilder()
            .with(Settlement.Stored.DIGEST, seen.hex())
            .build());
  }

  /** Frees what this attempt or one before has secured, as the landing has ended. */
  void release() {
    if (secured) {
      room.give(kept.length());
      kept.delete();
    }
    beginnings.drop(id);
  }

  /** Frees what the attempt has written and not secured; twice does no harm. */
  @Override
  public void close() {
    if (!closed) {
      folder.delete(file);
      giveRoomBut(0);
      closed = true;
    }
  }
}
