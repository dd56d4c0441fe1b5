package dev.landfall.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadSchedulerTest {

  @Test
  void whatHasNotBegunWhenPatienceEndsRunsOnTheThreadThatCloses() throws Exception {
    List<String> ran = new CopyOnWriteArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    Scheduler scheduler = new ThreadScheduler(1);
    scheduler.execute(() -> {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException closing) {
        ran.add("interrupted");
      }
    });
    begun.await();
    scheduler.execute(() -> ran.add(Thread.currentThread().getName()));
    scheduler.close(Duration.ZERO);
    assertEquals(Set.of("interrupted", Thread.currentThread().getName()), Set.copyOf(ran));
  }
}
