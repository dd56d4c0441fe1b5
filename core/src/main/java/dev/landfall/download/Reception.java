package dev.landfall.download;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes the body of a good answer to a file in large blocks.
 *
 * <p>To write the 8 to 16 KiB that a client gives at a time costs two to three times as much as to
 * gather 256 KiB first. A smaller file needs no more than its length. Of two blocks one is filled
 * while the other is digested.
 */
final class Reception {

  private static final int BLOCK = 256 * 1024;

  private final Part part;
  private final PartWriter writer;
  private final Watch watch;

  /**
   * @param part of which the body is what is missing
   * @param watch hears of each block
   */
  Reception(Part part, PartWriter writer, Watch watch) {
    this.part = part;
    this.writer = writer;
    this.watch = watch;
  }

  /**
   * Takes all of it.
   *
   * @throws IOException if it breaks off; all that came before is written
   */
  void take(HttpAnswer answer) throws IOException, InterruptedException {
    long missing = part.version().length() - part.received();
    int size = part.version().length() < 0 ? BLOCK : (int) Math.min(BLOCK, Math.max(1, missing));
    ByteBuffer next = ByteBuffer.allocate(size);
    ByteBuffer last = size < PartWriter.LARGE ? next : ByteBuffer.allocate(size);
    boolean more = true;
    while (more) {
      ByteBuffer block = next;
      next = last;
      last = block;
      try {
        more = fill(answer, block.clear());
      } finally {
        write(block.flip());
      }
    }
  }

  /** {@return whether the body goes on} */
  private static boolean fill(HttpAnswer answer, ByteBuffer block)
      throws IOException, InterruptedException {
    while (block.hasRemaining()) {
      if (answer.read(block) < 0) {
        return false;
      }
    }
    return true;
  }

  private void write(ByteBuffer block) throws InterruptedException {
    int bytes = block.remaining();
    if (bytes > 0) {
      writer.write(block);
      watch.received(bytes);
    }
  }
}
