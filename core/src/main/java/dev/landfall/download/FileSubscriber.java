package dev.landfall.download;

import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.Sha256;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Writes a body to a file in large blocks and digests it on the way.
 *
 * <p>The client hands over 16 KiB at a time; writing those one by one costs two to three times as
 * much as gathering them, so they are held until 256 KiB are together.
 */
final class FileSubscriber implements BodySubscriber<Downloaded> {

  private static final int BLOCK = 256 * 1024;

  private final Path target;
  private final long expected;
  private final long longest;
  private final Progress progress;
  private final CompletableFuture<Downloaded> result = new CompletableFuture<>();
  private final MessageDigest digest = Sha256.newDigest();
  private final List<ByteBuffer> held = new ArrayList<>();
  private long heldBytes;
  private volatile long received;
  private @Nullable FileChannel file;
  private @Nullable Subscription subscription;

  FileSubscriber(Path target, long expected, long longest, Progress progress) {
    this.target = target;
    this.expected = expected;
    this.longest = longest;
    this.progress = progress;
  }

  /** How many bytes have come; for any thread. */
  long received() {
    return received;
  }

  @Override
  public CompletionStage<Downloaded> getBody() {
    return result;
  }

  @Override
  public synchronized void onSubscribe(Subscription newSubscription) {
    if (result.isDone()) {
      newSubscription.cancel();
      return;
    }
    subscription = newSubscription;
    if (expected > longest) {
      fail(tooLarge(expected));
      return;
    }
    try {
      file = FileChannel.open(
          target,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
      newSubscription.request(1);
    } catch (IOException e) {
      fail(spoolFailure(e));
    }
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    if (result.isDone()) {
      return;
    }
    long more = 0;
    for (ByteBuffer buffer : buffers) {
      more += buffer.remaining();
      digest.update(buffer.duplicate());
      held.add(buffer);
    }
    heldBytes += more;
    long now = received + more;
    received = now;
    if (now > longest) {
      fail(tooLarge(now));
      return;
    }
    try {
      if (heldBytes >= BLOCK) {
        write();
      }
      request();
    } catch (IOException e) {
      fail(spoolFailure(e));
    }
  }

  private void request() {
    if (subscription != null) {
      subscription.request(1);
    }
  }

  private void write() throws IOException {
    if (file == null) {
      return;
    }
    ByteBuffer[] block = held.toArray(new ByteBuffer[0]);
    long left = heldBytes;
    while (left > 0) {
      left -= file.write(block);
    }
    held.clear();
    heldBytes = 0;
    progress.received(received, expected);
  }

  @Override
  public synchronized void onError(Throwable cutOff) {
    fail(FetchException.passing(
        Reason.FILE_UNAVAILABLE,
        "The download broke off after %d bytes.".formatted(received),
        cutOff));
  }

  @Override
  public synchronized void onComplete() {
    if (result.isDone()) {
      return;
    }
    try {
      write();
      close();
      if (expected >= 0 && received != expected) {
        fail(FetchException.passing(
            Reason.LENGTH_MISMATCH,
            "The host announced %d bytes and sent %d.".formatted(expected, received),
            null));
      } else {
        result.complete(new Downloaded(received, Sha256.of(digest)));
      }
    } catch (IOException e) {
      fail(spoolFailure(e));
    }
  }

  /** Ends the download if it has not ended; nothing is written once this returns. */
  synchronized void abandon() {
    if (!result.isDone()) {
      fail(FetchException.passing(Reason.FILE_UNAVAILABLE, "The download was given up.", null));
    }
  }

  /** Ends the download; what is written so far stays in the file. */
  private void fail(Throwable failure) {
    held.clear();
    heldBytes = 0;
    if (subscription != null) {
      subscription.cancel();
    }
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    result.completeExceptionally(failure);
  }

  private void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  private FetchException tooLarge(long length) {
    return FetchException.permanent(
        Reason.TOO_LARGE,
        "A file has at most %d bytes; this one has at least %d.".formatted(longest, length));
  }

  private FetchException spoolFailure(IOException e) {
    return FetchException.passing(
        Reason.SPOOL_UNAVAILABLE,
        "The spool needs a writable folder with space left; %s cannot be written."
            .formatted(target),
        e);
  }
}
