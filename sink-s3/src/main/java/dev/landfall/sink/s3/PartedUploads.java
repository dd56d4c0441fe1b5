package dev.landfall.sink.s3;

import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes large objects of parts that are sent side by side.
 *
 * <p>An upload that broke off is kept, and the next try for the same object sends only what is
 * missing. What nobody comes back for within this process is ended when it closes, or by
 * {@link Strays} later.
 */
final class PartedUploads {

  private static final int MOST_PARTS = 10_000;
  private static final long MEGA = 1 << 20;
  private static final int MOST_KEPT = 20;
  private static final long PATIENCE_SECONDS = 5;

  private final Bucket bucket;
  private final ObjectMaker maker;
  private final long partSize;
  private final int parallel;
  private final Semaphore places;

  /** The oldest first. */
  private final Map<String, Upload> kept = new LinkedHashMap<>();

  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private boolean closed;

  PartedUploads(Bucket bucket, ObjectMaker maker, long partSize, int parallel) {
    this.bucket = bucket;
    this.maker = maker;
    this.partSize = partSize;
    this.parallel = parallel;
    this.places = new Semaphore(parallel);
  }

  /** {@return whether a content is larger than a part} */
  boolean cuts(Content content) {
    return content.length() > partSize;
  }

  /** {@return the entity tag that most servers give its object} */
  String tagOf(Content content) {
    return cuts(content)
        ? Upload.tag(parts(content).stream().map(Part::md5).toList())
        : content.whole().md5();
  }

  Outcome store(String key, Content content, Map<String, String> labels)
      throws IOException, InterruptedException {
    Upload upload = keptFor(key, content, labels);
    if (upload == null) {
      upload = maker.begin(key, content, labels);
    }
    underWay.add(upload.id());
    boolean useful = true;
    try {
      send(upload, content);
      Outcome outcome = maker.complete(upload);
      useful = false;
      return outcome;
    } catch (SinkException failure) {
      useful = failure.retryable() && !Failures.saysNoSuchUpload(failure);
      throw failure;
    } finally {
      underWay.remove(upload.id());
      if (useful) {
        keep(upload);
      } else if (!upload.isCompleted()) {
        end(upload);
      }
    }
  }

  private void send(Upload upload, Content content) throws IOException, InterruptedException {
    List<Part> missing =
        parts(content).stream().filter(part -> !upload.has(part)).toList();
    if (missing.isEmpty()) {
      return;
    }
    ExecutorService lanes =
        Executors.newFixedThreadPool(Math.min(parallel, missing.size()), PartedUploads::lane);
    try {
      CompletionService<Part> sending = new ExecutorCompletionService<>(lanes);
      missing.forEach(part -> sending.submit(() -> send(upload, part)));
      for (int i = 0; i < missing.size(); i++) {
        var unused = sending.take().get();
      }
    } catch (ExecutionException failure) {
      throw unwrapped(failure);
    } finally {
      lanes.shutdownNow();
      // Nobody should read the file once it is given back; but no longer wait for a stalled server.
      lanes.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /**
   * The limit holds for all files of the sink together, so many lanes do no harm. What is sent is
   * noted at once, so that it is not sent again because another part fails.
   */
  private Part send(Upload upload, Part part) throws IOException, InterruptedException {
    places.acquire();
    try {
      upload.add(maker.put(upload, part));
      return part;
    } finally {
      places.release();
    }
  }

  private List<Part> parts(Content content) {
    long least = (content.length() + MOST_PARTS - 1) / MOST_PARTS;
    long size = Math.max(partSize, (least + MEGA - 1) / MEGA * MEGA);
    List<Part> parts = new ArrayList<>();
    for (long offset = 0; offset < content.length(); offset += size) {
      parts.add(
          new Part(content, parts.size() + 1, offset, Math.min(size, content.length() - offset)));
    }
    return parts;
  }

  private static Thread lane(Runnable work) {
    Thread lane = new Thread(work, "landfall-s3-parts");
    lane.setDaemon(true);
    return lane;
  }

  private static IOException unwrapped(ExecutionException failure) throws InterruptedException {
    Throwable cause = failure.getCause();
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (cause instanceof RuntimeException known) {
      throw known;
    }
    return cause instanceof IOException unread ? unread : new IOException(cause);
  }

  private synchronized @Nullable Upload keptFor(
      String key, Content content, Map<String, String> labels) {
    Upload upload = kept.get(key);
    if (upload == null || !upload.makes(content, labels)) {
      return null;
    }
    kept.remove(key);
    return upload;
  }

  /** Keeps one, and ends the one that it takes the place of. */
  private void keep(Upload upload) {
    Upload replaced;
    synchronized (this) {
      replaced = closed ? upload : kept.put(upload.key(), upload);
      if (replaced == null && kept.size() > MOST_KEPT) {
        replaced = kept.remove(kept.keySet().iterator().next());
      }
    }
    if (replaced != null) {
      end(replaced);
    }
  }

  /** Ends what is kept for an object that is there. */
  void forget(String key) {
    Upload upload;
    synchronized (this) {
      upload = kept.remove(key);
    }
    if (upload != null) {
      end(upload);
    }
  }

  /** {@return whether this process may still complete an upload} */
  synchronized boolean mayComplete(String id) {
    return underWay.contains(id)
        || kept.values().stream().anyMatch(upload -> upload.id().equals(id));
  }

  /** What cannot be ended now is a stray, and ended as such; it costs its space until then. */
  private void end(Upload upload) {
    try {
      bucket.abort(upload.key(), upload.id());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException laterThen) {
      // The client may be closed, too.
    }
  }

  /** Ends what is kept, and what is under way once it breaks off. */
  void close() {
    List<Upload> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(kept.values());
      kept.clear();
    }
    all.forEach(this::end);
  }
}
