package dev.landfall.engine;

import dev.landfall.download.Part;
import dev.landfall.spi.LandingId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What attempts have left of files that they could not fetch whole, at most one for each landing.
 * Whoever takes one has it alone.
 */
final class Beginnings {

  private static final Logger log = LoggerFactory.getLogger(Beginnings.class);

  private final SpoolFolder folder;
  private final Room room;
  private final Map<LandingId, Beginning> all = new ConcurrentHashMap<>();

  private record Beginning(SpoolFolder.Kept kept, Mark mark) {}

  Beginnings(SpoolFolder folder, Room room) {
    this.folder = folder;
    this.room = room;
  }

  /** Finds what an earlier pipeline has left. */
  void takeStock() throws IOException {
    for (Path file : folder.files(".mark")) {
      SpoolFolder.Kept kept = folder.keptBy(file);
      try {
        Mark mark = Mark.parse(kept.read());
        if (kept.length() == mark.received()) {
          room.hold(mark.received());
          put(new Beginning(kept, mark));
          continue;
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
        log.warn("The beginning {} cannot be used and is fetched again.", file, unreadable);
      }
      kept.delete();
    }
  }

  private void put(Beginning beginning) {
    drop(all.put(beginning.mark.id(), beginning));
  }

  private void drop(@Nullable Beginning beginning) {
    if (beginning != null) {
      beginning.kept.delete();
      room.give(beginning.mark.received());
    }
  }

  /**
   * Keeps what is here of a file, synced.
   *
   * @return whether it is kept; the room for it is then no more the caller's
   */
  boolean keep(LandingId id, Part part) {
    SpoolFolder.Kept kept = folder.begun(SpoolFolder.key(id), folder.nextNumber());
    Mark mark = Mark.of(id, part);
    boolean isKept = kept.keep(part.file(), mark.text());
    if (isKept) {
      put(new Beginning(kept, mark));
    }
    return isKept;
  }

  /**
   * Moves what is here of a landing's file to where an attempt goes on; its room is the caller's.
   */
  Optional<Part> take(LandingId id, Path target) {
    Beginning beginning = all.remove(id);
    if (beginning == null) {
      return Optional.empty();
    }
    try {
      beginning.kept.moveTo(target);
      return Optional.of(Part.begun(target, beginning.mark.received(), beginning.mark.version()));
    } catch (IOException e) {
      log.warn("The beginning of {} cannot be used and is fetched again.", id, e);
      drop(beginning);
      return Optional.empty();
    }
  }

  /** Frees the space of what is here of a landing's file. */
  void drop(LandingId id) {
    drop(all.remove(id));
  }

  void sweep(Predicate<LandingId> over) {
    all.keySet().stream().filter(over).forEach(this::drop);
  }
}
