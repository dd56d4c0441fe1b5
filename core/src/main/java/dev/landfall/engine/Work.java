package dev.landfall.engine;

import dev.landfall.spi.EventHandler;
import dev.landfall.spi.FileLocator;
import dev.landfall.spi.FileSink;
import java.util.List;

/** What is done with an event. */
public sealed interface Work {

  /**
   * Its file is fetched and stored.
   *
   * @param locator finds the file
   * @param sinks all of which get it; names unique
   */
  record Store(FileLocator locator, List<FileSink> sinks) implements Work {}

  /**
   * It is handed on.
   *
   * @param handler does the work
   */
  record Handle(EventHandler handler) implements Work {}
}
