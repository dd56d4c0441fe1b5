package dev.landfall.engine;

import dev.landfall.spi.PipelineListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the user's listeners, whose exceptions must not reach the flow. */
final class Listeners {

  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  private final List<PipelineListener> listeners;

  Listeners(List<PipelineListener> listeners) {
    this.listeners = listeners;
  }

  void tell(Consumer<PipelineListener> step) {
    for (PipelineListener listener : listeners) {
      try {
        step.accept(listener);
      } catch (Throwable e) {
        log.warn(
            "The listener {} failed; the flow goes on.",
            listener.getClass().getName(),
            Redacted.of(e));
      }
    }
  }
}
