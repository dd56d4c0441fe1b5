package dev.landfall.sink.s3;

import com.github.luben.zstd.ZstdInputStream;
import dev.landfall.file.Sha256;
import dev.landfall.spi.FileSink;
import dev.landfall.testkit.FileSinkContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The contract, with a new bucket on some server for each case. */
abstract class S3SinkContract extends FileSinkContract {

  private final S3Server server;
  private final int length;
  private final UnaryOperator<S3SinkBuilder> settings;
  private final TestBucket bucket;
  /** What is listed with the same tag and time is not read again. */
  private final Map<S3Object, String> digests = new HashMap<>();

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /**
   * A way of storing.
   *
   * @param server where
   * @param length of the files
   * @param settings of the sink
   */
  S3SinkContract(S3Server server, int length, UnaryOperator<S3SinkBuilder> settings) {
    this.server = server;
    this.length = length;
    this.settings = settings;
    this.bucket = server.createBucket();
  }

  /** {@return where the sink finds the server; may open what is closed with the case} */
  URI address() throws IOException {
    return server.endpoint();
  }

  final <T extends AutoCloseable> T closedInTheEnd(T opened) {
    open.push(opened);
    return opened;
  }

  @AfterEach
  final void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Override
  protected final FileSink openSink() throws IOException {
    return around(
        closedInTheEnd(settings.apply(TestSinks.into(server, address(), bucket)).build()));
  }

  /** {@return what is tested, which is the sink itself unless something stands around it} */
  FileSink around(S3Sink sink) {
    return sink;
  }

  @Override
  protected final List<String> stored() {
    return bucket.list().stream()
        .map(object -> object.key() + " " + digests.computeIfAbsent(object, this::digest))
        .toList();
  }

  private String digest(S3Object object) {
    try (InputStream bytes =
        unpacked(object.key(), new ByteArrayInputStream(bucket.bytes(object.key())))) {
      return Sha256.of(bytes.readAllBytes()).hex();
    } catch (IOException damaged) {
      return "damaged: " + damaged;
    }
  }

  private static InputStream unpacked(String key, InputStream stored) throws IOException {
    if (key.endsWith(".gz")) {
      return new GZIPInputStream(stored);
    }
    return key.endsWith(".zst") ? new ZstdInputStream(stored) : stored;
  }

  @Override
  protected byte[] content(int number) {
    byte[] bytes = new byte[length];
    new Random(number).nextBytes(bytes);
    return bytes;
  }
}
