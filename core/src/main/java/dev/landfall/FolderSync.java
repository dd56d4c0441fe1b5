package dev.landfall;

import dev.landfall.file.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Syncs one folder for many at once.
 *
 * <p>A sync covers what was there when it began. So whoever comes while one is under way shares the
 * next with all who come meanwhile, and many files cost few syncs of their folder.
 */
final class FolderSync {

  private final Path folder;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private long begun;
  private long succeeded;
  private boolean underWay;

  FolderSync(Path folder) {
    this.folder = folder;
  }

  /** Returns once a sync that began after this call has succeeded; an interrupt does not end it. */
  void sync() throws IOException {
    lock.lock();
    try {
      long wanted = begun + 1;
      while (succeeded < wanted) {
        if (underWay) {
          ended.awaitUninterruptibly();
        } else {
          syncNow();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** One that fails tells its caller; those who wait try it themselves. */
  private void syncNow() throws IOException {
    underWay = true;
    long mine = ++begun;
    lock.unlock();
    boolean good = false;
    try {
      Disk.sync(folder);
      good = true;
    } finally {
      lock.lock();
      underWay = false;
      if (good) {
        succeeded = mine;
      }
      ended.signalAll();
    }
  }
}
