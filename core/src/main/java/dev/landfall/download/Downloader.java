package dev.landfall.download;

import dev.landfall.file.FileReference;

/**
 * Fetches files to local disk.
 *
 * <p>Called by a worker for each download, by several at once; it blocks until the file is
 * complete.
 */
@FunctionalInterface
public interface Downloader {

  /**
   * Fetches what is missing of a file.
   *
   * @param reference where it is
   * @param part where it goes, and what is here of it; not synced to disk
   * @param progress hears of every block; what it throws ends the download
   * @return what the file is, complete
   * @throws dev.landfall.file.FetchException if it cannot be fetched; {@code part} tells how much
   *     is here then, for the next call to go on from
   * @throws InterruptedException if the thread is interrupted; the download is broken off
   */
  Downloaded fetch(FileReference reference, Part part, Progress progress)
      throws InterruptedException;
}
