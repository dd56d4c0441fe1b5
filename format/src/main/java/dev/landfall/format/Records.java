package dev.landfall.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of one open file, in the file's order.
 *
 * <p>For one thread. After an exception it can only be closed.
 */
public interface Records extends Closeable {

  /**
   * {@return the names of the values of each record, in order, unchangeable, no two equal when
   * cases are not told apart; none if the file is empty}
   */
  List<String> names();

  /**
   * {@return the next record, or null after the last}
   *
   * @throws MalformedFileException if the file breaks a rule of its format here
   * @throws IOException if the local disk cannot be read
   */
  @Nullable
  ExportedRecord next() throws IOException;
}
