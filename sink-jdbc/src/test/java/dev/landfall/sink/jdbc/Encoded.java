package dev.landfall.sink.jdbc;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How a text becomes bytes. */
enum Encoded {
  UTF_8(StandardCharsets.UTF_8, ""),
  UTF_8_WITH_MARK(StandardCharsets.UTF_8, "\uFEFF"),
  UTF_16LE(StandardCharsets.UTF_16LE, "\uFEFF"),
  UTF_16BE(StandardCharsets.UTF_16BE, "\uFEFF"),
  WINDOWS(Charset.forName("windows-1252"), "");

  private final Charset charset;
  private final String mark;

  Encoded(Charset charset, String mark) {
    this.charset = charset;
    this.mark = mark;
  }

  Charset charset() {
    return charset;
  }

  byte[] bytes(String text) {
    return (mark + text).getBytes(charset);
  }

  /** {@return what of a text it has bytes for} */
  String takes(String text) {
    return text.codePoints()
        .filter(point -> charset.newEncoder().canEncode(Character.toString(point)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
