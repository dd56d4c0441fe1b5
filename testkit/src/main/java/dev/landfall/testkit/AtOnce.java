package dev.landfall.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that begin together. */
final class AtOnce {

  interface Work<T> {
    T on(int thread) throws Exception;
  }

  private AtOnce() {}

  /**
   * {@return what each thread answered, in order}
   *
   * @param threads how many
   * @param work done by each with its own number, counted from 0
   * @throws Exception if one failed, or all together take more than a minute
   */
  static <T> List<T> on(int threads, Work<T> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        tasks.add(() -> {
          start.await(30, TimeUnit.SECONDS);
          return work.on(thread);
        });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : pool.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        results.add(result.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
