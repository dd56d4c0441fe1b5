package dev.landfall.sink.s3;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** How a file becomes the content of an object. */
enum Packing {

  /** As it is. */
  NONE("", null) {
    @Override
    OutputStream over(OutputStream out) {
      return out;
    }

    @Override
    InputStream under(InputStream in) {
      return in;
    }
  },

  /** By the JDK. */
  GZIP(".gz", "gzip") {
    @Override
    OutputStream over(OutputStream out) throws IOException {
      return new GZIPOutputStream(out, BLOCK);
    }

    @Override
    InputStream under(InputStream in) throws IOException {
      return new GZIPInputStream(in, BLOCK);
    }
  },

  /** By zstd's own library, which a user adds. */
  ZSTD(".zst", "zstd") {
    @Override
    OutputStream over(OutputStream out) throws IOException {
      return ZstdLibrary.over(out);
    }

    @Override
    InputStream under(InputStream in) throws IOException {
      return ZstdLibrary.under(in);
    }
  };

  private static final int BLOCK = 128 * 1024;

  private final String suffix;
  private final @Nullable String encoding;

  Packing(String suffix, @Nullable String encoding) {
    this.suffix = suffix;
    this.encoding = encoding;
  }

  /** {@return what the keys of such objects end with} */
  String suffix() {
    return suffix;
  }

  /** {@return the name of it in HTTP, or null for none} */
  @Nullable
  String encoding() {
    return encoding;
  }

  /** {@return what compresses} */
  abstract OutputStream over(OutputStream out) throws IOException;

  /** {@return what unpacks} */
  abstract InputStream under(InputStream in) throws IOException;

  /** What is done with a content while it is there. */
  @FunctionalInterface
  interface Use<T> {
    T of(Content content) throws IOException, InterruptedException;
  }

  /**
   * Hands a file's content on.
   *
   * <p>How long it is compressed is known only afterwards, and S3 wants to know before; so it is
   * compressed into a file beside the spooled one, which is removed in the end.
   */
  <T> T use(ExportedFile file, Use<T> use) throws IOException, InterruptedException {
    String type = MediaTypes.of(file.format());
    if (this == NONE) {
      return use.of(new Content(
          Content.in(file.path()), file.length(), file.sha256(), file.sha256(), this, type));
    }
    Path packed = file.scratch();
    try {
      Sha256 digest = write(file, packed);
      return use.of(
          new Content(Content.in(packed), Files.size(packed), digest, file.sha256(), this, type));
    } finally {
      Files.deleteIfExists(packed);
    }
  }

  private Sha256 write(ExportedFile file, Path packed) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (InputStream in = file.open();
        OutputStream out = over(new DigestOutputStream(
            new BufferedOutputStream(Files.newOutputStream(packed), BLOCK), digest))) {
      in.transferTo(out);
    }
    return Sha256.of(digest);
  }
}
