package dev.landfall.emulator;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep a program alive whose emulator was never closed. */
final class DaemonThreads {

  private DaemonThreads() {}

  static ThreadFactory named(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
