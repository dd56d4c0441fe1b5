package dev.landfall.transport.http;

import dev.landfall.event.RawEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/**
 * One admitted request: its body is read without holding a thread, delivered, and answered once.
 */
final class Exchange implements Runnable {

  private static final int FIRST_BUFFER = 4096;

  private final Intake intake;
  private final WebhookRequest head;
  private final WatchedEndPoint connection;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final AtomicBoolean answered = new AtomicBoolean();
  private byte[] body = {};
  private int size;

  /**
   * Takes a request over.
   *
   * @param callback hears when the answer is out, or cannot be given
   */
  Exchange(
      Intake intake,
      WebhookRequest head,
      WatchedEndPoint connection,
      Request request,
      Response response,
      Callback callback) {
    this.intake = intake;
    this.head = head;
    this.connection = connection;
    this.request = request;
    this.response = response;
    this.callback = callback;
  }

  /** Reads what has arrived; the server calls again when there is more. */
  @Override
  public void run() {
    try {
      read();
    } catch (RuntimeException gone) {
      fail(gone);
    } catch (Error broken) {
      // Such as no memory for the body; its place must be free again all the same.
      fail(broken);
      throw broken;
    }
  }

  private void read() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        if (connection.late()) {
          answer(intake.tooLate());
        } else {
          request.demand(this);
        }
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        broken(chunk.getFailure());
        return;
      }
      boolean fits = append(chunk);
      chunk.release();
      if (!fits) {
        answer(intake.desk().tooLarge());
        return;
      }
      if (chunk.isLast()) {
        complete();
        return;
      }
    }
  }

  /** Memory grows with what has arrived, never with what was announced. */
  private boolean append(Content.Chunk chunk) {
    int more = chunk.remaining();
    int limit = intake.desk().rules().bodyLimit();
    if (more > limit - size) {
      return false;
    }
    if (more > body.length - size) {
      body = Arrays.copyOf(body, capacity(more, limit));
    }
    size += chunk.get(body, size, more);
    return true;
  }

  private int capacity(int more, int limit) {
    // Most events come in one piece, of the length that was announced.
    if (size == 0 && more == head.length()) {
      return more;
    }
    long roomy = Math.max(Math.max(FIRST_BUFFER, size + more), 2L * body.length);
    return (int) Math.min(limit, roomy);
  }

  private void broken(Throwable failure) {
    if (failure instanceof TimeoutException) {
      answer(intake.tooLate());
    } else {
      fail(failure);
    }
  }

  private void complete() {
    if (!connection.requestRead()) {
      answer(intake.tooLate());
      return;
    }
    Duration left =
        intake.desk().rules().answerWithin().minusNanos(NanoTime.since(request.getBeginNanoTime()));
    RawEvent event = RawEvent.of(body, 0, size);
    body = new byte[0];
    var unused = intake.desk().take(head, event, left).thenAccept(this::answer);
  }

  private void answer(WebhookAnswer answer) {
    if (answered.compareAndSet(false, true)) {
      Intake.write(answer, response, callback);
    }
  }

  private void fail(Throwable failure) {
    if (answered.compareAndSet(false, true)) {
      callback.failed(failure);
    }
  }
}
