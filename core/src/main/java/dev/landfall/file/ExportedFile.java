package dev.landfall.file;

import dev.landfall.event.BusinessEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A downloaded file, complete and verified, with the event that announced it.
 *
 * <p>It lies on local disk until every sink of its route has it, and may be read any number of
 * times, by several threads, in any way; nobody but the engine may change or remove it. A sink may
 * keep it under a second name, with {@link Disk#link}: the sinks after it get a copy.
 *
 * @param event the event that announced it
 * @param route the name of the route that it is on
 * @param name what it was called at its source, without folders; foreign text, not safe as a path
 * @param format what its name tells of its bytes
 * @param length in bytes
 * @param sha256 digest of all bytes
 * @param path where it lies until it is stored
 */
public record ExportedFile(
    BusinessEvent event,
    String route,
    String name,
    FileFormat format,
    long length,
    Sha256 sha256,
    Path path) {

  /**
   * {@return a new stream over all bytes, to be closed by the caller}
   *
   * @throws IOException if the local disk cannot be read
   */
  public InputStream open() throws IOException {
    return Files.newInputStream(path);
  }

  /**
   * {@return where a sink may put what it needs for a while, such as the file unpacked or
   * compressed}
   *
   * <p>Nothing is there, and another call answers another place. The sink removes what it puts
   * there; what a crash leaves is cleared by the spool that opens next.
   */
  public Path scratch() {
    return path.resolveSibling(UUID.randomUUID().toString().replace("-", "") + "-1.part");
  }
}
