package dev.landfall.testkit.simulation;

import dev.landfall.spi.FileSink;
import java.nio.file.Path;
import java.util.List;

/**
 * A sink as a simulation uses it: how it is opened, and what it has stored.
 *
 * <p>Each sink of each simulated route has a storage of its own, named by a folder; a sink whose
 * storage lies elsewhere, such as in a database, uses the folder as a name. Simulations of several
 * seeds run at once, each with its own folders; within one, never more than one method or
 * {@link FileSink#store} is under way.
 *
 * <p>The files are CSV in UTF-8 with the header {@link #HEADER} and at least one record; {@code ID}
 * is another in each record, and no field needs quotes.
 */
public interface SinkUnderTest {

  /** The first line of every file. */
  String HEADER = "ID,EVENT,TEXT";

  /**
   * Opens the sink as a process does at its start; so it is called again after a crash, and several
   * instances may be open over one storage. One that is {@link AutoCloseable} is closed when its
   * process ends, also when it crashes.
   *
   * @param storage a folder that exists, empty at first
   * @return the sink
   * @throws Exception fails the run
   */
  FileSink open(Path storage) throws Exception;

  /**
   * Reads all that is stored.
   *
   * @param storage as it was given to {@link #open}
   * @return the records of all files, each as its line {@code ID,EVENT,TEXT}, as often as it is
   *     there; in any order
   * @throws Exception fails the run
   */
  List<String> stored(Path storage) throws Exception;
}
