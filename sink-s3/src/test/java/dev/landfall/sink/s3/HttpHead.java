package dev.landfall.sink.s3;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first line and the headers of a request or an answer.
 *
 * @param line the first one
 * @param headers one line each, spelled as they came
 */
record HttpHead(String line, List<String> headers) {

  private static final int BLOCK = 1 << 16;

  /** {@return the next one of a connection, or null if there is none} */
  static @Nullable HttpHead read(InputStream in) throws IOException {
    String first = lineOf(in);
    if (first == null) {
      return null;
    }
    List<String> headers = new ArrayList<>();
    for (String line = lineOf(in); line != null && !line.isEmpty(); line = lineOf(in)) {
      headers.add(line);
    }
    return new HttpHead(first, List.copyOf(headers));
  }

  private static @Nullable String lineOf(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = in.read(); read >= 0; read = in.read()) {
      if (read == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).strip();
      }
      line.write(read);
    }
    return null;
  }

  static String nameOf(String header) {
    return header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
  }

  static String valueOf(String header) {
    return header.substring(header.indexOf(':') + 1).strip();
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> nameOf(header).equals(name))
        .map(HttpHead::valueOf)
        .findFirst();
  }

  HttpHead without(Predicate<String> name) {
    return new HttpHead(
        line, headers.stream().filter(header -> !name.test(nameOf(header))).toList());
  }

  HttpHead with(String name, String value) {
    return new HttpHead(
        line,
        Stream.concat(without(name::equals).headers.stream(), Stream.of(name + ": " + value))
            .toList());
  }

  String word(int index) {
    return line.split(" ", 3)[index];
  }

  void writeTo(OutputStream out) throws IOException {
    String text = line + "\r\n"
        + String.join("", headers.stream().map(header -> header + "\r\n").toList());
    out.write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Passes on what follows this head, as it comes. */
  void passBody(InputStream in, OutputStream out) throws IOException {
    if (header("transfer-encoding").isPresent()) {
      passChunks(in, out);
    } else {
      pass(in, out, length());
    }
    out.flush();
  }

  /** {@return whether the body of an answer with this head ends when the connection does} */
  boolean isOpenEnded() {
    return header("transfer-encoding").isEmpty() && header("content-length").isEmpty();
  }

  long length() {
    return header("content-length").map(Long::parseLong).orElse(0L);
  }

  private static void passChunks(InputStream in, OutputStream out) throws IOException {
    long size;
    do {
      String begin = nextLine(in, out);
      size = Long.parseLong(begin.split(";", 2)[0], 16);
      pass(in, out, size == 0 ? 0 : size + 2);
    } while (size > 0);
    while (!nextLine(in, out).isEmpty()) {
      // Trailers, up to the empty line.
    }
  }

  private static String nextLine(InputStream in, OutputStream out) throws IOException {
    String line = lineOf(in);
    if (line == null) {
      throw new EOFException();
    }
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    return line;
  }

  static void pass(InputStream in, OutputStream out, long length) throws IOException {
    byte[] block = new byte[BLOCK];
    for (long left = length; left > 0; ) {
      int read = in.read(block, 0, (int) Math.min(block.length, left));
      if (read < 0) {
        throw new EOFException();
      }
      out.write(block, 0, read);
      left -= read;
    }
  }
}
