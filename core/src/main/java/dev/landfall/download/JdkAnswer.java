package dev.landfall.download;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands an answer from the client's threads to the one that waits for it.
 *
 * <p>The client gives 16 KiB at a time. To wake the waiting thread for each would cost more than to
 * write them, so it is woken when a good part of what it has room for is there; at first, when that
 * much is there besides the head.
 */
final class JdkAnswer implements HttpAnswer, BodySubscriber<JdkAnswer> {

  private static final int WORTH_WAKING = 128 * 1024;
  private static final int MOST_HELD = 512 * 1024;

  private final Thread asker = Thread.currentThread();
  private final Duration silence;
  private final CompletableFuture<JdkAnswer> begun = new CompletableFuture<>();
  private final ArrayDeque<ByteBuffer> held = new ArrayDeque<>();
  private long heldBytes;
  private long wanted = WORTH_WAKING;
  private long movedAt = System.nanoTime();
  private boolean awaited = true;
  private boolean givenUp;
  private boolean paused;
  private boolean ended;
  private boolean closed;
  private @Nullable ResponseInfo head;
  private @Nullable Throwable failure;
  private @Nullable Subscription subscription;

  JdkAnswer(Duration silence) {
    this.silence = silence;
  }

  /** On a thread of the client. */
  synchronized BodySubscriber<JdkAnswer> begin(ResponseInfo answer) {
    head = answer;
    movedAt = System.nanoTime();
    return this;
  }

  /**
   * {@return whether there is an answer, which ends with this failure after what has come of it}
   */
  synchronized boolean breakOff(IOException broken) {
    end(broken);
    return head != null;
  }

  /** Done for the client when the one who asked has something to do. */
  @Override
  public CompletionStage<JdkAnswer> getBody() {
    return begun;
  }

  /** On any thread: lets the one who asked go if nothing has moved for too long. */
  void giveUpIfSilent() {
    synchronized (this) {
      if (!awaited || System.nanoTime() - movedAt < silence.toNanos()) {
        return;
      }
      awaited = false;
      if (head == null) {
        givenUp = true;
        asker.interrupt();
        return;
      }
    }
    onError(silent());
  }

  /** {@return whether the interrupt of the one who asked was ours} */
  synchronized boolean isGivenUp() {
    return givenUp;
  }

  /**
   * On the thread that asked, once the client has let it go: an interrupt of ours is taken back.
   */
  synchronized void release() {
    awaited = false;
    if (givenUp) {
      var unused = Thread.interrupted();
    }
  }

  @Override
  public int status() {
    return head().statusCode();
  }

  @Override
  public Optional<String> header(String name) {
    return head().headers().firstValue(name);
  }

  private synchronized ResponseInfo head() {
    if (head == null) {
      throw new IllegalStateException("There is no answer yet.");
    }
    return head;
  }

  @Override
  public int read(ByteBuffer target) throws IOException, InterruptedException {
    int taken;
    Subscription more = null;
    synchronized (this) {
      wanted = Math.min(target.remaining(), WORTH_WAKING);
      // Time in which nobody asked for more does not count as one in which nothing came.
      movedAt = System.nanoTime();
      while (heldBytes < wanted && !ended) {
        await();
      }
      taken = take(target);
      if (taken == 0) {
        if (failure != null) {
          throw broken(failure);
        }
        return -1;
      }
      if (paused && heldBytes < MOST_HELD / 2) {
        paused = false;
        more = subscription;
      }
    }
    if (more != null) {
      more.request(1);
    }
    return taken;
  }

  private int take(ByteBuffer target) {
    int before = target.position();
    while (target.hasRemaining() && !held.isEmpty()) {
      ByteBuffer first = held.element();
      int length = Math.min(first.remaining(), target.remaining());
      target.put(target.position(), first, first.position(), length);
      target.position(target.position() + length);
      first.position(first.position() + length);
      if (!first.hasRemaining()) {
        held.remove();
      }
    }
    int taken = target.position() - before;
    heldBytes -= taken;
    return taken;
  }

  /** Waits for the next notice, or ends the answer if nothing has moved for too long. */
  private void await() throws InterruptedException {
    long left = silence.toNanos() - (System.nanoTime() - movedAt);
    if (left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    } else {
      end(silent());
    }
  }

  IOException silent() {
    return new SocketTimeoutException("Nothing came for %s.".formatted(silence));
  }

  private IOException broken(Throwable cause) {
    return cause instanceof IOException own ? own : new IOException("The client failed.", cause);
  }

  @Override
  public void onSubscribe(Subscription begun) {
    boolean unwanted;
    synchronized (this) {
      subscription = begun;
      unwanted = closed;
    }
    if (unwanted) {
      begun.cancel();
    } else {
      begun.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    boolean enough;
    Subscription more;
    synchronized (this) {
      if (closed) {
        return;
      }
      for (ByteBuffer buffer : buffers) {
        heldBytes += buffer.remaining();
        held.add(buffer);
      }
      movedAt = System.nanoTime();
      enough = heldBytes >= wanted;
      if (enough) {
        notifyAll();
      }
      paused = heldBytes >= MOST_HELD;
      more = paused ? null : subscription;
    }
    // The client goes on from here, so no lock of ours may be held.
    if (enough) {
      begun.complete(this);
    }
    if (more != null) {
      more.request(1);
    }
  }

  @Override
  public void onError(Throwable broken) {
    end(broken);
    begun.complete(this);
  }

  @Override
  public void onComplete() {
    end(null);
    begun.complete(this);
  }

  private synchronized void end(@Nullable Throwable broken) {
    if (!ended) {
      failure = broken;
      ended = true;
      notifyAll();
    }
  }

  @Override
  public void close() {
    Subscription open;
    synchronized (this) {
      open = ended && failure == null ? null : subscription;
      closed = true;
      ended = true;
      held.clear();
      heldBytes = 0;
    }
    if (open != null) {
      open.cancel();
    }
  }
}
