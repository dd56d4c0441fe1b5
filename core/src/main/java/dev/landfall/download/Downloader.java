package dev.landfall.download;

import dev.landfall.file.FileReference;
import java.nio.file.Path;

/**
 * Fetches files to local disk.
 *
 * <p>Called by a worker for each download, by several at once; it blocks until the file is
 * complete.
 */
@FunctionalInterface
public interface Downloader {

  /**
   * Fetches a file.
   *
   * @param reference where it is
   * @param target is created or overwritten; not synced to disk
   * @param progress hears of every block
   * @return what arrived, complete
   * @throws dev.landfall.file.FetchException if it cannot be fetched; {@code target} may hold a
   *     part of it then
   * @throws InterruptedException if the thread is interrupted; the download is broken off
   */
  Downloaded fetch(FileReference reference, Path target, Progress progress)
      throws InterruptedException;
}
