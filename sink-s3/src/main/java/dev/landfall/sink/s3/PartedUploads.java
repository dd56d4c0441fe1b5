package dev.landfall.sink.s3;

import dev.landfall.spi.SinkException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
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
 * <p>An upload that broke off is kept, and the next try for the same bytes sends only what is
 * missing. What nobody comes back for within this process is ended when it closes, or by
 * {@link Strays} later.
 */
final class PartedUploads {

  private static final int MOST_PARTS = 10_000;
  private static final long MEGA = 1 << 20;
  private static final int MOST_KEPT = 100;
  private static final long PATIENCE_SECONDS = 5;

  private final Bucket bucket;
  private final long partSize;
  private final int parallel;
  private final Semaphore places;
  private final Map<String, Upload> kept = new HashMap<>();

  PartedUploads(Bucket bucket, long partSize, int parallel) {
    this.bucket = bucket;
    this.partSize = partSize;
    this.parallel = parallel;
    this.places = new Semaphore(parallel);
  }

  /** {@return the largest object that is not made of parts} */
  long partSize() {
    return partSize;
  }

  Outcome store(String key, Content content, Map<String, String> labels)
      throws IOException, InterruptedException {
    Upload upload = keptFor(key, content);
    if (upload == null) {
      upload = bucket.begin(key, content, labels);
    }
    try {
      send(upload, content);
      Outcome outcome = bucket.complete(upload);
      if (outcome == Outcome.TAKEN) {
        bucket.abort(key, upload.id());
      }
      return outcome;
    } catch (SinkException failure) {
      if (failure.retryable() && !Failures.spoils(failure)) {
        keep(upload);
      } else {
        end(upload);
      }
      throw failure;
    } catch (IOException | InterruptedException brokenOff) {
      keep(upload);
      throw brokenOff;
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
      CompletionService<SentPart> sending = new ExecutorCompletionService<>(lanes);
      missing.forEach(part -> sending.submit(() -> send(upload, part)));
      for (int i = 0; i < missing.size(); i++) {
        upload.add(sending.take().get());
      }
    } catch (ExecutionException failure) {
      throw unwrapped(failure);
    } finally {
      lanes.shutdownNow();
      awaitEnd(lanes);
    }
  }

  /**
   * The limit holds for all files of the sink together; so it does not matter how many lanes there
   * are.
   */
  private SentPart send(Upload upload, Part part) throws IOException, InterruptedException {
    places.acquire();
    try {
      return bucket.put(upload, part);
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

  /**
   * Nobody should read the file after it is given back, but a server that stalls is not waited for.
   */
  private static void awaitEnd(ExecutorService lanes) throws InterruptedException {
    lanes.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
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

  private synchronized @Nullable Upload keptFor(String key, Content content) {
    Upload upload = kept.get(key);
    if (upload == null || !upload.isOf(content)) {
      return null;
    }
    kept.remove(key);
    return upload;
  }

  private void keep(Upload upload) throws InterruptedException {
    Upload replaced;
    synchronized (this) {
      replaced = kept.size() < MOST_KEPT ? kept.put(upload.key(), upload) : upload;
    }
    if (replaced != null) {
      end(replaced);
    }
  }

  /** What cannot be ended now is a stray, and ended as such. */
  private void end(Upload upload) throws InterruptedException {
    try {
      bucket.abort(upload.key(), upload.id());
    } catch (SinkException stays) {
      // It costs nothing but its space until then.
    }
  }

  /** Ends what is kept. */
  void close() throws InterruptedException {
    List<Upload> all;
    synchronized (this) {
      all = List.copyOf(kept.values());
      kept.clear();
    }
    for (Upload upload : all) {
      end(upload);
    }
  }
}
