package dev.landfall.bench.download;

import dev.landfall.bench.load.ExportEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Files that are fetched together; on the server and where they are fetched to they lie in a folder
 * of the batch's name.
 *
 * @param name of the batch, of letters and hyphens
 * @param files how many
 * @param length of each in bytes
 */
record Batch(String name, int files, long length) {

  private static final int BLOCK = 1 << 20;

  /** {@return the batch that a parent asks its child for, see {@link #line}} */
  static Batch of(String line) {
    String[] words = line.split(" ", -1);
    return new Batch(words[0], Integer.parseInt(words[1]), Long.parseLong(words[2]));
  }

  /** {@return this in one line} */
  String line() {
    return "%s %d %d".formatted(name, files, length);
  }

  long bytes() {
    return files * length;
  }

  /** {@return where a file lies below the folder that has this batch's} */
  Path file(Path parent, int number) {
    return parent.resolve(path(number));
  }

  /** {@return where a file can be fetched, as long as links of a current platform are} */
  String link(URI server, int number) {
    return ExportEvent.link(server, path(number));
  }

  private String path(int number) {
    return name + "/" + number + ".csv";
  }

  /** Makes the files, of random bytes, each of its own; they are on disk at the end. */
  void make(Path parent) throws IOException {
    Files.createDirectories(parent.resolve(name));
    RandomGenerator bytes = new SplittableRandom(name.hashCode());
    byte[] block = new byte[(int) Math.min(BLOCK, length)];
    for (int number = 0; number < files; number++) {
      try (FileChannel file = FileChannel.open(
          file(parent, number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (long left = length; left > 0; left -= block.length) {
          bytes.nextBytes(block);
          ByteBuffer some = ByteBuffer.wrap(block, 0, (int) Math.min(left, block.length));
          while (some.hasRemaining()) {
            file.write(some);
          }
        }
        if (files == 1) {
          // A large file that is still being written to disk would slow the first turns down.
          file.force(true);
        }
      }
    }
  }

  /**
   * Makes sure that all of it was fetched, byte for byte, and nothing else.
   *
   * @param served has the folder that was fetched from
   * @param fetched has the folder that was fetched to
   * @throws IOException if a file is missing, differs, or is one too many
   */
  void requireWhole(Path served, Path fetched) throws IOException {
    for (int number = 0; number < files; number++) {
      Path copy = file(fetched, number);
      if (Files.notExists(copy) || Files.mismatch(file(served, number), copy) >= 0) {
        throw new IOException("Every file is fetched byte for byte; %s of %s is %s."
            .formatted(
                copy.getFileName(), name, Files.notExists(copy) ? "not there" : "not the same"));
      }
    }
    try (Stream<Path> all = Files.list(fetched.resolve(name))) {
      long there = all.count();
      if (there != files) {
        throw new IOException("Only files that were asked for are there; of %d there are %d."
            .formatted(files, there));
      }
    }
  }
}
