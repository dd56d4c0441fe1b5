package dev.landfall.emulator.servicebus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one thread of a broker, to which all its sockets and all its state belong. */
final class EventLoop implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());
  /** How late the loop may notice that a clock was turned. */
  private static final long PATIENCE_MILLIS = 20;

  private final Selector selector;
  private final Thread thread;
  private final Queue<FutureTask<?>> tasks = new ConcurrentLinkedQueue<>();
  private volatile boolean closing;
  private volatile boolean ended;
  private @Nullable ServerSocketChannel listener;

  /**
   * Makes a loop that does not run yet.
   *
   * @param eachTurn what to do after all that came in was read
   * @param atEnd what to do last
   */
  EventLoop(Runnable eachTurn, Runnable atEnd) {
    try {
      selector = Selector.open();
    } catch (IOException failure) {
      throw new UncheckedIOException("The machine gives no selector.", failure);
    }
    thread = new Thread(() -> run(eachTurn, atEnd), "emulator-servicebus");
    // A program whose emulator was never closed ends all the same.
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** {@return what the task returns} It runs on the thread of the loop, which may be this one. */
  <T extends @Nullable Object> T call(Supplier<T> task) {
    if (Thread.currentThread() == thread) {
      return task.get();
    }
    var future = new FutureTask<T>(task::get);
    tasks.add(future);
    if (ended) {
      throw new IllegalStateException("The emulator is closed.");
    }
    selector.wakeup();
    try {
      return future.get();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the emulator was asked.", interrupt);
    } catch (CancellationException closed) {
      throw new IllegalStateException("The emulator is closed.", closed);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failure.getCause());
    }
  }

  void run(Runnable task) {
    this.<@Nullable Object>call(() -> {
      task.run();
      return null;
    });
  }

  /** {@return the port that is open now, on which the loop hands all connections on} */
  int listen(int port, Consumer<SocketChannel> accepted) {
    try {
      ServerSocketChannel opened = ServerSocketChannel.open();
      // The same port again, though connections of before still linger there.
      opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      opened.configureBlocking(false);
      opened.register(selector, SelectionKey.OP_ACCEPT, (Runnable) () -> accept(opened, accepted));
      listener = opened;
      return opened.socket().getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException("Port " + port + " could not be opened.", failure);
    }
  }

  private static void accept(ServerSocketChannel from, Consumer<SocketChannel> accepted) {
    try {
      SocketChannel channel = from.accept();
      if (channel != null) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        accepted.accept(channel);
      }
    } catch (IOException failure) {
      LOG.log(System.Logger.Level.DEBUG, "A connection was gone before it was there.", failure);
    }
  }

  boolean isListening() {
    return listener != null;
  }

  void stopListening() {
    if (listener != null) {
      closeQuietly(listener);
      listener = null;
      try {
        // Only a selection lets go of a closed port.
        selector.selectNow();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** {@return the key of a channel, for which the task runs whenever it can be read or written} */
  SelectionKey watch(SocketChannel channel, Runnable ready) {
    try {
      return channel.register(selector, SelectionKey.OP_READ, ready);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void closeQuietly(AutoCloseable what) {
    try {
      what.close();
    } catch (Exception failure) {
      LOG.log(System.Logger.Level.DEBUG, "A socket did not close in good order.", failure);
    }
  }

  private void run(Runnable eachTurn, Runnable atEnd) {
    try {
      while (!closing) {
        selector.select(PATIENCE_MILLIS);
        List<SelectionKey> selected = List.copyOf(selector.selectedKeys());
        selector.selectedKeys().clear();
        selected.forEach(key -> ((Runnable) key.attachment()).run());
        for (FutureTask<?> task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        eachTurn.run();
      }
    } catch (IOException | RuntimeException failure) {
      LOG.log(System.Logger.Level.ERROR, "The emulator broke down.", failure);
    } finally {
      atEnd.run();
      stopListening();
      closeQuietly(selector);
      ended = true;
      for (FutureTask<?> task = tasks.poll(); task != null; task = tasks.poll()) {
        task.cancel(false);
      }
    }
  }

  /** Ends the thread and closes all ports; a second call does nothing. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException interrupt) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
