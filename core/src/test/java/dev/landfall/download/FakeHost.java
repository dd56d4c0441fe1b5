package dev.landfall.download;

import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A storage with one file, which breaks off, changes and forgets as a test says. */
final class FakeHost implements HttpReader {

  private static final URI ORIGIN = URI.create("http://127.0.0.1:9");
  private static final Pattern RANGE = Pattern.compile("bytes=(?<first>[0-9]+)-");

  private final List<Map<String, String>> asked = new ArrayList<>();
  private final Deque<Integer> cuts = new ArrayDeque<>();
  private final Deque<HttpAnswer> scripted = new ArrayDeque<>();
  private byte[] file;
  private @Nullable String tag = "\"v1\"";
  private @Nullable String md5;
  private boolean knowsRanges = true;
  private boolean tellsLength = true;
  private Runnable between = () -> {};
  private long sent;

  FakeHost(byte[] file) {
    this.file = file;
  }

  static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static FileReference link() {
    return FileReference.of(SignedLink.of(ORIGIN + "/f.csv"));
  }

  static HostPolicy policy() {
    return HostPolicy.nothing().trust(ORIGIN);
  }

  FakeHost tagged(@Nullable String newTag) {
    tag = newTag;
    return this;
  }

  FakeHost withMd5(@Nullable String told) {
    md5 = told;
    return this;
  }

  FakeHost withoutRanges() {
    knowsRanges = false;
    return this;
  }

  FakeHost withoutLength() {
    tellsLength = false;
    return this;
  }

  /** Each answer breaks off after so many bytes of its body; those after the last are whole. */
  FakeHost cutAfter(int... bytes) {
    for (int cut : bytes) {
      cuts.add(cut);
    }
    return this;
  }

  /** Is run once an answer has broken off. */
  FakeHost then(Runnable change) {
    between = change;
    return this;
  }

  void becomes(byte[] other, String newTag) {
    file = other;
    tag = newTag;
  }

  /** The next request is answered so, whatever it asks for. */
  FakeHost answers(int status, Map<String, String> headers, String body) {
    ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
    scripted.add(new Answer(status, headers, bytes, Integer.MAX_VALUE) {
      @Override
      void count(int taken) {
        // It is no part of the file.
      }
    });
    return this;
  }

  /** {@return the headers of each request} */
  List<Map<String, String>> asked() {
    return asked;
  }

  /** {@return how many bytes of the file went out} */
  long sent() {
    return sent;
  }

  @Override
  public HttpAnswer get(URI uri, Map<String, String> headers) {
    asked.add(headers);
    return scripted.isEmpty() ? answer(headers) : scripted.remove();
  }

  private HttpAnswer answer(Map<String, String> headers) {
    String wanted = headers.get("If-Match");
    if (wanted != null && !wanted.equals(tag)) {
      return new Answer(
          412, Map.of("x-ms-error-code", "ConditionNotMet"), ByteBuffer.allocate(0), 0);
    }
    Matcher range = RANGE.matcher(headers.getOrDefault("Range", ""));
    boolean isPart = knowsRanges && range.matches();
    int first = isPart ? Integer.parseInt(range.group("first")) : 0;
    if (isPart && first >= file.length) {
      return new Answer(
          416, Map.of("Content-Range", "bytes */" + file.length), ByteBuffer.allocate(0), 0);
    }
    Map<String, String> told = new TreeMap<>();
    if (tag != null) {
      told.put("ETag", tag);
    }
    if (md5 != null) {
      told.put(isPart ? "x-ms-blob-content-md5" : "Content-MD5", md5);
    }
    if (isPart) {
      told.put("Content-Range", "bytes %d-%d/%d".formatted(first, file.length - 1, file.length));
    } else if (tellsLength) {
      told.put("Content-Length", Integer.toString(file.length));
    }
    ByteBuffer body = ByteBuffer.wrap(file, first, file.length - first);
    return new Answer(
        isPart ? 206 : 200, told, body, Objects.requireNonNullElse(cuts.poll(), Integer.MAX_VALUE));
  }

  private class Answer implements HttpAnswer {

    private final int status;
    private final Map<String, String> headers;
    private final ByteBuffer body;
    private int left;

    Answer(int status, Map<String, String> headers, ByteBuffer body, int left) {
      this.status = status;
      this.headers = headers;
      this.body = body;
      this.left = left;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (!body.hasRemaining()) {
        return -1;
      }
      if (left == 0) {
        between.run();
        throw new IOException("Connection reset");
      }
      int taken = Math.min(Math.min(left, 10_000), Math.min(target.remaining(), body.remaining()));
      target.put(body.slice().limit(taken));
      body.position(body.position() + taken);
      left -= taken;
      count(taken);
      return taken;
    }

    void count(int taken) {
      sent += taken;
    }

    @Override
    public void close() {}
  }

  @Override
  public void close() {}
}
