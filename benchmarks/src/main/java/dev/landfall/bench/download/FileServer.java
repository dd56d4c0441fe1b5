package dev.landfall.bench.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Serves the files of a folder on this machine. */
public interface FileServer extends AutoCloseable {

  /** {@return scheme, host and port} */
  URI address();

  @Override
  void close();

  /** Starts one. */
  @FunctionalInterface
  interface Starter {

    /**
     * Starts a server.
     *
     * @param folder whose files are served; it may keep its own files there, too
     * @return the server, to be closed
     * @throws IOException if it cannot be started
     */
    FileServer start(Path folder) throws IOException;
  }
}
