package dev.landfall.sink.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Stands before a real server, passes requests on as they come, and does to some of them what a
 * test says.
 *
 * <p>Everything of a request that is signed reaches the server unchanged, the host too, so that
 * signatures hold; a server behind one that takes headers away must not verify them.
 */
final class FaultyProxy implements AutoCloseable {

  private final URI server;
  private final ServerSocket socket;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<UnaryOperator<HttpHead>> requestChanges = new CopyOnWriteArrayList<>();
  private final List<UnaryOperator<HttpHead>> answerChanges = new CopyOnWriteArrayList<>();

  /** A fault for some requests, counted among those that it is about. */
  private record Rule(
      Predicate<Seen> about, int first, int last, Fault fault, AtomicInteger count) {

    boolean applies(Seen request) {
      if (!about.test(request)) {
        return false;
      }
      int number = count.incrementAndGet();
      return number >= first && number <= last;
    }
  }

  FaultyProxy(URI server) throws IOException {
    this.server = server;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  static void daemon(Runnable work) {
    Thread thread = new Thread(work, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Plays a fault to the first such request. */
  FaultyProxy once(Predicate<Seen> about, Fault fault) {
    return fromTo(about, 1, 1, fault);
  }

  /** Plays a fault to the first so many such requests. */
  FaultyProxy times(int times, Predicate<Seen> about, Fault fault) {
    return fromTo(about, 1, times, fault);
  }

  /** Plays a fault to one such request after some have passed. */
  FaultyProxy onceAfter(int passed, Predicate<Seen> about, Fault fault) {
    return fromTo(about, passed + 1, passed + 1, fault);
  }

  FaultyProxy always(Predicate<Seen> about, Fault fault) {
    return fromTo(about, 1, Integer.MAX_VALUE, fault);
  }

  private FaultyProxy fromTo(Predicate<Seen> about, int first, int last, Fault fault) {
    rules.add(new Rule(about, first, last, fault, new AtomicInteger()));
    return this;
  }

  /** Takes headers from all requests, as if the server did not know them. */
  FaultyProxy ignoring(Predicate<String> header) {
    requestChanges.add(request -> request.without(header));
    return this;
  }

  /** Takes headers from all answers. */
  FaultyProxy answeringWithout(Predicate<String> header) {
    answerChanges.add(answer -> answer.without(header));
    return this;
  }

  /** Writes over nothing: the server behind does not know conditions. */
  FaultyProxy withoutConditions() {
    return ignoring("if-none-match"::equals);
  }

  /** Is a server that knows of conditions, and has none. */
  FaultyProxy refusingConditions() {
    return always(
        request -> request.header("if-none-match").isPresent(),
        Fault.answer(501, "NotImplemented"));
  }

  /** Is a server of the time before checksums other than MD5, which takes no trailers. */
  FaultyProxy withoutChecksums() {
    return always(
            request -> request.header("x-amz-content-sha256").orElse("").endsWith("-TRAILER"),
            Fault.answer(400, "XAmzContentSHA256Mismatch"))
        .ignoring(FaultyProxy::isOfChecksums)
        .answeringWithout(FaultyProxy::isOfChecksums);
  }

  /**
   * Is a server that refuses to be told a checksum other than MD5, and to be asked for one, in the
   * words of Backblaze B2 (https://github.com/vatesfr/xen-orchestra/issues/8358).
   */
  FaultyProxy refusingChecksums() {
    return always(
            request -> request.headers().keySet().stream().anyMatch(FaultyProxy::isOfChecksums),
            Fault.saying(
                "Unsupported header 'x-amz-checksum-mode' received for this API call.",
                400,
                "InvalidArgument"))
        .answeringWithout(FaultyProxy::isOfChecksums);
  }

  private static boolean isOfChecksums(String header) {
    return header.startsWith("x-amz-checksum-") || header.equals("x-amz-sdk-checksum-algorithm");
  }

  /** Plays no faults any more; what it does to all requests it goes on to do. */
  void heal() {
    rules.clear();
  }

  /** {@return all requests so far, in order} */
  List<Seen> seen() {
    return List.copyOf(seen);
  }

  long count(Predicate<Seen> about) {
    return seen.stream().filter(about).count();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        if (socket.isClosed()) {
          // The one that came while it was being closed is too late.
          connection.close();
          return;
        }
        daemon(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      HttpHead request = HttpHead.read(in);
      while (request != null) {
        Seen about = Seen.of(request);
        seen.add(about);
        faultFor(about).play(new Exchange(this, changed(request, requestChanges), connection, in));
        request = connection.isClosed() ? null : HttpHead.read(in);
      }
    } catch (IOException gone) {
      // The client has gone, or a fault has closed the connection.
    } finally {
      open.remove(connection);
    }
  }

  private Fault faultFor(Seen request) {
    // All of them count it.
    List<Fault> faults = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.applies(request)) {
        faults.add(rule.fault());
      }
    }
    return faults.isEmpty() ? Exchange::pass : faults.get(0);
  }

  /** {@return a new connection to the server, that ends with this proxy at the latest} */
  Socket connect() throws IOException {
    Socket upstream = new Socket(server.getHost(), server.getPort());
    open.add(upstream);
    return upstream;
  }

  void disconnect(Socket upstream) throws IOException {
    open.remove(upstream);
    upstream.close();
  }

  HttpHead changedAnswer(HttpHead answer) {
    return changed(answer, answerChanges);
  }

  private static HttpHead changed(HttpHead head, List<UnaryOperator<HttpHead>> changes) {
    HttpHead changed = head;
    for (UnaryOperator<HttpHead> change : changes) {
      changed = change.apply(changed);
    }
    return changed;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : open) {
      connection.close();
    }
  }
}
