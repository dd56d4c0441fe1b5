package dev.landfall.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a host answers, its body still on the way.
 *
 * <p>Used by one thread, the one that asked, and closed by it in any case. A body that was read to
 * its end leaves the connection for the next request.
 */
public interface HttpAnswer extends AutoCloseable {

  /** {@return the status, such as 200; never one below 200} */
  int status();

  /**
   * {@return the value of a header, the first if there are several}
   *
   * @param name in any case of letters
   */
  Optional<String> header(String name);

  /**
   * Takes more of the body; waits until there is some, and may wait for more of it to come as long
   * as it comes.
   *
   * @param target has room left
   * @return how many bytes were put into it, at least 1; -1 at the end
   * @throws IOException if the body ends before what its {@code Content-Length} or its last chunk
   *     says, or does not come; all that came before has been given out by then
   * @throws InterruptedException if the thread is interrupted; an {@link IOException} while the
   *     thread's interrupt status is set says the same
   */
  int read(ByteBuffer target) throws IOException, InterruptedException;

  /** Breaks off what is not read yet, without reading it. Never throws. */
  @Override
  void close();
}
