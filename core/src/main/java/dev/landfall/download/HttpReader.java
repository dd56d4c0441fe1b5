package dev.landfall.download;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * An HTTP client as {@link HttpDownloader} needs it: it gets, and knows no rule of ours.
 *
 * <p>Called by the workers of a pipeline, by many at once, each for its own file; a call blocks its
 * thread, and the thread that asked reads the whole answer. It is called once for each try of a
 * download, so again for the same file when one has failed. It keeps nothing on disk.
 *
 * <p>A reader has no mind of its own, because a signature covers the spelling of a link, and
 * because what it is told comes from strangers:
 *
 * <ul>
 *   <li>HTTP/1.1; path and query go out byte for byte as the URI spells them, except that the
 *       question mark of an empty query may be left out.
 *   <li>No redirect is followed; every status is an answer.
 *   <li>No proxy, cookie, password or client setting is taken from the environment, and no
 *       {@code Authorization} is sent that was not given.
 *   <li>A body comes as it was sent, whatever its {@code Content-Encoding}.
 *   <li>A request is sent once. Only one on a kept connection, which the host closes before any
 *       byte of an answer, may be sent again on a new one.
 *   <li>TLS is checked against the default {@link javax.net.ssl.SSLContext} as it was when the
 *       reader was opened, and against the host's name.
 * </ul>
 *
 * <p>It keeps the times of its {@link Patience}, says so with a
 * {@link java.net.SocketTimeoutException} when a first or further byte does not come, and ends a
 * call promptly when its thread is interrupted, in which case nothing stays open.
 */
public interface HttpReader extends AutoCloseable {

  /**
   * Asks for a file and waits for the head of the answer.
   *
   * @param uri http or https, with a host that the policy allows
   * @param headers sent besides {@code Host}, {@code User-Agent} and {@code Connection}; for
   *     example {@code Range}
   * @return the answer, whatever its status; to be closed by the caller
   * @throws IOException if there is no answer, or none of HTTP; its message and causes hold no
   *     query of a link
   * @throws InterruptedException if the thread is interrupted; an {@link IOException} while the
   *     thread's interrupt status is set says the same
   * @throws dev.landfall.file.FetchException if the policy does not allow an address of the host
   */
  HttpAnswer get(URI uri, Map<String, String> headers) throws IOException, InterruptedException;

  /** Ends the connections that are kept; what is asked for later fails. Never throws. */
  @Override
  void close();

  /** Opens a reader; named by its constructor or factory where a pipeline is assembled. */
  @FunctionalInterface
  interface Opener {

    /**
     * Opens a reader.
     *
     * @param hosts tells which addresses may be connected to, see {@link HostPolicy#addressesOf}
     * @param patience how long it waits
     * @return the reader; closed by who called
     */
    HttpReader open(HostPolicy hosts, Patience patience);
  }
}
