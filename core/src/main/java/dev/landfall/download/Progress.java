package dev.landfall.download;

/** Hears of every block of a download; called on the thread that fetches. */
@FunctionalInterface
public interface Progress {

  /**
   * More has arrived.
   *
   * @param bytesSoFar how much there is
   * @param bytesInAll how much there will be, or -1 if the host does not tell
   */
  void received(long bytesSoFar, long bytesInAll);
}
