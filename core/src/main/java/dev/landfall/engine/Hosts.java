package dev.landfall.engine;

import dev.landfall.file.FileReference;
import java.util.HashMap;
import java.util.Map;

/** How many downloads there are from each host at once. */
final class Hosts {

  private final int most;
  private final Map<String, Integer> downloads = new HashMap<>();

  Hosts(int most) {
    this.most = most;
  }

  /** Waits until there is room; {@link #leave} must follow. */
  synchronized void enter(FileReference reference) throws InterruptedException {
    while (downloads.getOrDefault(reference.host(), 0) >= most) {
      wait();
    }
    downloads.merge(reference.host(), 1, Integer::sum);
  }

  synchronized void leave(FileReference reference) {
    downloads.computeIfPresent(reference.host(), (host, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }
}
