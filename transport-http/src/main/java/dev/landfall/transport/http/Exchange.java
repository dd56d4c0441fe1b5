package dev.landfall.transport.http;

import dev.landfall.event.RawEvent;
import dev.landfall.spi.Delivery;
import dev.landfall.spi.Disposition;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One admitted request: its body is read without holding a thread, delivered, and answered once.
 */
final class Exchange implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final int FIRST_BUFFER = 4096;

  private final Intake intake;
  private final WatchedEndPoint connection;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final AtomicBoolean answered = new AtomicBoolean();
  private byte[] body = {};
  private int size;
  private volatile Scheduler.@Nullable Task alarm;

  /**
   * Takes a request over.
   *
   * @param callback hears when the answer is out, or cannot be given
   */
  Exchange(
      Intake intake,
      WatchedEndPoint connection,
      Request request,
      Response response,
      Callback callback) {
    this.intake = intake;
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
    }
  }

  private void read() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        if (connection.late()) {
          answer(late());
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
        answer(intake.tooLarge());
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
    int limit = intake.settings().bodyLimit();
    if (more > limit - size) {
      return false;
    }
    if (more > body.length - size) {
      long roomy = Math.max(Math.max(FIRST_BUFFER, size + more), 2L * body.length);
      body = Arrays.copyOf(body, (int) Math.min(limit, roomy));
    }
    size += chunk.get(body, size, more);
    return true;
  }

  private void broken(Throwable failure) {
    if (failure instanceof TimeoutException) {
      answer(late());
    } else {
      fail(failure);
    }
  }

  private Answer late() {
    return intake.closing() ? intake.shuttingDown() : intake.tooSlow();
  }

  private void complete() {
    if (!connection.requestRead()) {
      answer(late());
    } else if (size == 0) {
      answer(Answer.problem(
          HttpStatus.BAD_REQUEST_400, "A delivery has the event as its body; this one is empty."));
    } else {
      deliver();
    }
  }

  private void deliver() {
    Delivery delivery = new Delivery(
        intake.name(),
        intake.settings().clock().instant(),
        RawEvent.of(body, 0, size),
        SharedSecrets.withoutCredentials(request.getHeaders()));
    body = new byte[0];
    try {
      var unused = intake.receiver().receive(delivery).whenComplete(this::decided);
    } catch (RuntimeException | Error broken) {
      receiverBroke(broken);
      return;
    }
    if (!answered.get()) {
      Duration left =
          intake.settings().answerWithin().minusNanos(NanoTime.since(request.getBeginNanoTime()));
      alarm = request
          .getComponents()
          .getScheduler()
          .schedule(this::receiverIsLate, Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
      if (answered.get()) {
        alarm.cancel();
      }
    }
  }

  private void decided(@Nullable Disposition disposition, @Nullable Throwable failure) {
    if (disposition == null) {
      receiverBroke(failure);
    } else {
      answer(Answer.to(disposition));
    }
  }

  private void receiverBroke(@Nullable Throwable cause) {
    LOG.error(
        "{}: the receiver failed, which its contract forbids; the sender was told to try later.",
        intake.name(),
        cause);
    answer(Answer.tryLater(Intake.PAUSE, "The event could not be taken."));
  }

  private void receiverIsLate() {
    answer(Answer.tryLater(
        Intake.PAUSE, "The event is being worked on; the next delivery of it hears the outcome."));
  }

  private void answer(Answer answer) {
    if (answered.compareAndSet(false, true)) {
      Scheduler.Task pending = alarm;
      if (pending != null) {
        pending.cancel();
      }
      answer.write(response, callback);
    }
  }

  private void fail(Throwable failure) {
    if (answered.compareAndSet(false, true)) {
      callback.failed(failure);
    }
  }
}
