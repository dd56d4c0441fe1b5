package dev.landfall.sink.s3;

import static dev.landfall.sink.s3.Fault.answer;
import static dev.landfall.sink.s3.Fault.cut;
import static dev.landfall.sink.s3.Fault.lostAnswer;
import static dev.landfall.sink.s3.Fault.slowDown;
import static dev.landfall.sink.s3.Fault.stall;
import static dev.landfall.sink.s3.Fault.wrong;
import static dev.landfall.sink.s3.Seen.abortUpload;
import static dev.landfall.sink.s3.Seen.anyPart;
import static dev.landfall.sink.s3.Seen.completeUpload;
import static dev.landfall.sink.s3.Seen.createUpload;
import static dev.landfall.sink.s3.Seen.headObject;
import static dev.landfall.sink.s3.Seen.part;
import static dev.landfall.sink.s3.Seen.putObject;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.testkit.ExportedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Whatever happens on the way, one whole object is there in the end, and nothing else.
 *
 * <p>Once or twice, a fault is hidden by the client's own tries; four times, it is left to the
 * pipeline's first, and hidden in its next. Most of that is waiting, so several wait at once.
 */
@Timeout(60)
class FaultsTest {

  private static final String KEY = "Customer groups/usmf/2026-03-01/event.csv";

  @RegisterExtension
  static final S3Proxy S3PROXY = S3Proxy.verifying();

  @RegisterExtension
  static final S3Mock S3MOCK = S3Mock.shared();

  @TempDir
  Path folder;

  private static Arguments story(String name, Consumer<FaultyProxy> script) {
    return arguments(name, script);
  }

  private static Stream<Arguments> each(String where, Predicate<Seen> about) {
    return Stream.of(
            arguments("slow down", slowDown()),
            arguments("internal error", answer(500, "InternalError")),
            arguments("broken connection", cut()),
            arguments("lost answer", lostAnswer()),
            arguments("clock skew", skewed()))
        .map(fault -> story(
            "%s for %s".formatted(fault.get()[0], where),
            proxy -> proxy.times(4, about, (Fault) fault.get()[1])));
  }

  private static Fault skewed() {
    return answer(403, "RequestTimeTooSkewed", "Date: Thu, 26 Nov 2026 01:00:00 GMT");
  }

  static Stream<Arguments> commonFaultsOfWholeObjects() {
    return Stream.concat(each("an object", putObject()), each("a look", headObject()));
  }

  static Stream<Arguments> faultsOfWholeObjects() {
    return Stream.of(
        story("one lost answer", proxy -> proxy.once(putObject(), lostAnswer())),
        story("a stall", proxy -> proxy.once(putObject(), stall())),
        story("stalls", proxy -> proxy.times(5, putObject(), stall())),
        story(
            "a conflict of writers",
            proxy -> proxy.times(5, putObject(), answer(409, "ConditionalRequestConflict"))),
        story(
            "one that is said to be there and is not",
            proxy -> proxy.once(putObject(), answer(412, "PreconditionFailed"))),
        story(
            "an expired request",
            proxy -> proxy.times(5, putObject(), answer(400, "RequestTimeout"))),
        story(
            "a digest that differs on the way",
            proxy -> proxy.once(putObject(), answer(400, "BadDigest"))),
        story(
            "a wrong entity tag",
            proxy ->
                proxy.once(putObject(), wrong("etag", "\"00000000000000000000000000000000\""))),
        story(
            "a wrong checksum",
            proxy -> proxy.once(
                putObject(),
                wrong("x-amz-checksum-sha256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))));
  }

  static Stream<Arguments> commonFaultsOfParts() {
    return Stream.concat(each("a part", part(2)), each("completing", completeUpload()));
  }

  static Stream<Arguments> faultsOfParts() {
    return Stream.of(
        story("one lost answer of completing", proxy -> proxy.once(completeUpload(), lostAnswer())),
        story("one broken part", proxy -> proxy.once(part(2), cut())),
        story("a stalled part", proxy -> proxy.once(part(1), stall())),
        story("stalled parts", proxy -> proxy.times(9, anyPart(), stall())),
        story("a stall of completing", proxy -> proxy.times(4, completeUpload(), stall())),
        story(
            "an error within the answer of completing",
            proxy -> proxy.times(5, completeUpload(), answer(200, "InternalError"))),
        story(
            "an upload that is gone when a part comes",
            proxy -> proxy.once(part(2), answer(404, "NoSuchUpload"))),
        story(
            "an upload that is gone when it is to be completed",
            proxy -> proxy.once(completeUpload(), answer(404, "NoSuchUpload"))),
        story(
            "a part that is gone when all are to be completed",
            proxy -> proxy.once(completeUpload(), answer(400, "InvalidPart"))),
        story(
            "a conflict of writers",
            proxy -> proxy.times(5, completeUpload(), answer(409, "ConditionalRequestConflict"))),
        story(
            "one that is said to be there and is not",
            proxy -> proxy.once(completeUpload(), answer(412, "PreconditionFailed"))),
        story(
            "a part that differs on the way",
            proxy -> proxy.once(part(2), answer(400, "BadDigest"))),
        story(
            "a wrong checksum of a part",
            proxy -> proxy.once(part(2), wrong("x-amz-checksum-crc32", "AAAAAA=="))),
        story(
            "a wrong entity tag of the whole",
            proxy -> proxy.once(completeUpload(), wrong("etag", "\"0-1\""))),
        story("slowness in beginning", proxy -> proxy.times(5, createUpload(), slowDown())),
        story(
            "broken parts that cannot be cleared away",
            proxy -> proxy
                .times(5, part(2), cut())
                .always(abortUpload(), answer(500, "InternalError"))));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}")
  @MethodSource({"commonFaultsOfWholeObjects", "faultsOfWholeObjects"})
  void anObjectIsStoredDespite(String name, Consumer<FaultyProxy> script) throws Exception {
    assertStored(S3PROXY, 300_000, script);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}")
  @MethodSource("faultsOfWholeObjects")
  void anObjectWithChecksumIsStoredDespite(String name, Consumer<FaultyProxy> script)
      throws Exception {
    assertStored(S3MOCK, 300_000, script);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}")
  @MethodSource({"commonFaultsOfParts", "faultsOfParts"})
  void anObjectOfPartsIsStoredDespite(String name, Consumer<FaultyProxy> script) throws Exception {
    assertStored(S3PROXY, 2 * TestSinks.PART + 1, script);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}")
  @MethodSource("faultsOfParts")
  void anObjectOfPartsWithChecksumsIsStoredDespite(String name, Consumer<FaultyProxy> script)
      throws Exception {
    assertStored(S3MOCK, 2 * TestSinks.PART + 1, script);
  }

  private void assertStored(S3Server server, int length, Consumer<FaultyProxy> script)
      throws Exception {
    TestBucket bucket = server.createBucket();
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    ExportedFile file = ExportedFiles.in(folder).withEventId("event").named("export.csv", bytes);
    try (FaultyProxy proxy = new FaultyProxy(server.endpoint());
        S3Client client = TestSinks.impatient(server, proxy.endpoint());
        S3Sink sink = S3Sink.bucket(bucket.name()).partSize(TestSinks.PART).build(client)) {
      script.accept(proxy);
      Receipt receipt = TestSinks.storePatiently(sink, file);
      assertEquals(List.of(KEY), bucket.keys());
      assertArrayEquals(bytes, bucket.bytes(KEY));
      assertEquals(receipt, TestSinks.storePatiently(sink, file));
      assertEquals(List.of(KEY), bucket.keys());
      proxy.heal();
    }
    // What could not be ended before is ended when the sink closes.
    assertEquals(List.of(), bucket.openUploads());
  }
}
