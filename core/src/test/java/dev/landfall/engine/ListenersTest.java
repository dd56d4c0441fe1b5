package dev.landfall.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.spi.PipelineListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {

  @Test
  void whateverAListenerThrowsTheOthersHear() {
    List<String> heard = new ArrayList<>();
    Listeners listeners = new Listeners(List.of(
        resuming(() -> {
          throw new IllegalStateException("broken");
        }),
        resuming(() -> {
          throw new AssertionError("broken");
        }),
        resuming(() -> heard.add("resumed"))));
    listeners.tell(listener -> listener.sinkResumed("route", "sink"));
    assertEquals(List.of("resumed"), heard);
  }

  private static PipelineListener resuming(Runnable task) {
    return new PipelineListener() {
      @Override
      public void sinkResumed(String route, String sink) {
        task.run();
      }
    };
  }
}
