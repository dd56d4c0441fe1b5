package dev.landfall.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobAnswersTest {

  private static final int LENGTH = 5 * 1024 * 1024 + 17;

  private final byte[] bytes = new byte[LENGTH];
  private FinopsEmulator finops;
  private DataProject project;
  private Export export;

  @TempDir
  Path folder;

  @BeforeEach
  void export() throws Exception {
    new Random(1).nextBytes(bytes);
    Path file = Files.write(folder.resolve("some.zip"), bytes);
    finops = FinopsEmulator.builder().clock(new TestClock()).start();
    project = DataProject.named("Files").file("Any file", file, 0);
    export = finops.exportOne(project);
  }

  @AfterEach
  void close() {
    finops.close();
  }

  @Test
  void aWholeFileComesWithItsDescription() throws Exception {
    HttpResponse<byte[]> response = Http.get(export.link());
    assertEquals(200, response.statusCode());
    assertArrayEquals(bytes, response.body());
    assertDescribed(response);
    assertEquals(md5(bytes), Http.header(response, "Content-MD5"));
    assertEquals(LENGTH, export.length());
    assertEquals(
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
        export.sha256());
  }

  @Test
  void headGivesTheSameHeadersAndNoBytes() throws Exception {
    HttpResponse<byte[]> response = Http.send("HEAD", export.link());
    assertEquals(200, response.statusCode());
    assertEquals(0, response.body().length);
    assertEquals(Integer.toString(LENGTH), Http.header(response, "Content-Length"));
    assertEquals(md5(bytes), Http.header(response, "Content-MD5"));
    assertDescribed(response);
  }

  private void assertDescribed(HttpResponse<byte[]> response) throws Exception {
    assertEquals("bytes", Http.header(response, "Accept-Ranges"));
    assertTrue(Http.header(response, "ETag").matches("\"0x[0-9A-F]{15}\""));
    assertEquals("Tue, 01 Jan 2030 00:10:00 GMT", Http.header(response, "Last-Modified"));
    assertEquals("BlockBlob", Http.header(response, "x-ms-blob-type"));
    assertEquals("application/octet-stream", Http.header(response, "Content-Type"));
    assertEquals(md5(bytes), Http.header(response, "x-ms-blob-content-md5"));
    assertTrue(Http.header(response, "x-ms-request-id").matches("[0-9a-f-]{36}"));
  }

  @Test
  void aFileUploadedInBlocksHasNoMd5() throws Exception {
    HttpResponse<byte[]> response =
        Http.get(finops.exportOne(project.uploadedInBlocks()).link());
    assertArrayEquals(bytes, response.body());
    assertEquals("(none)", Http.header(response, "Content-MD5"));
    assertEquals("(none)", Http.header(response, "x-ms-blob-content-md5"));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=10-19, 10, 19",
    "bytes=300000-, 300000, 5242896",
    "bytes=5242896-99999999, 5242896, 5242896",
    "bytes=0-999999999999999999, 0, 5242896"
  })
  void aRangeGivesThatPart(String range, int first, int last) throws Exception {
    HttpResponse<byte[]> response = Http.get(export.link(), "Range", range);
    assertEquals(206, response.statusCode());
    assertEquals(
        "bytes %d-%d/%d".formatted(first, last, LENGTH), Http.header(response, "Content-Range"));
    assertArrayEquals(Arrays.copyOfRange(bytes, first, last + 1), response.body());
    assertEquals("(none)", Http.header(response, "Content-MD5"));
    assertDescribed(response);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=-500",
        "bytes=9-5",
        "bytes=0-1,4-5",
        "lines=1-2",
        "bytes=x-",
        "bytes=99999999999999999999-"
      })
  void aRangeInAnotherSpellingIsIgnored(String range) throws Exception {
    assertEquals(200, Http.send("HEAD", export.link(), "Range", range).statusCode());
  }

  @Test
  void theMicrosoftRangeWins() throws Exception {
    HttpResponse<byte[]> response =
        Http.get(export.link(), "Range", "bytes=0-9", "x-ms-range", "bytes=5-6");
    assertEquals("bytes 5-6/" + LENGTH, Http.header(response, "Content-Range"));
  }

  @Test
  void aRangeBehindTheEndIsInvalid() throws Exception {
    HttpResponse<byte[]> response = Http.get(export.link(), "Range", "bytes=" + LENGTH + "-");
    assertEquals(416, response.statusCode());
    assertEquals("InvalidRange", Http.header(response, "x-ms-error-code"));
    assertEquals("bytes */" + LENGTH, Http.header(response, "Content-Range"));
    assertTrue(Http.text(response).contains("<Code>InvalidRange</Code>"));
  }

  @Test
  void aSmallRangeHasAnMd5WhenAskedForAndALargeOneIsRefused() throws Exception {
    HttpResponse<byte[]> small =
        Http.get(export.link(), "Range", "bytes=10-19", "x-ms-range-get-content-md5", "true");
    assertEquals(md5(Arrays.copyOfRange(bytes, 10, 20)), Http.header(small, "Content-MD5"));
    HttpResponse<byte[]> large =
        Http.get(export.link(), "Range", "bytes=0-", "x-ms-range-get-content-md5", "true");
    assertEquals(400, large.statusCode());
    assertEquals("OutOfRangeInput", Http.header(large, "x-ms-error-code"));
  }

  @Test
  void aCutDownloadResumesToTheSameBytes() throws Exception {
    var got = new ByteArrayOutputStream();
    String etag;
    HttpResponse<java.io.InputStream> cut = Http.stream(export.link());
    try (var body = cut.body()) {
      etag = Http.header(cut, "ETag");
      got.write(body.readNBytes(1_000_001));
    }
    HttpResponse<byte[]> rest =
        Http.get(export.link(), "Range", "bytes=" + got.size() + "-", "If-Match", etag);
    assertEquals(206, rest.statusCode());
    got.write(rest.body());
    assertArrayEquals(bytes, got.toByteArray());
  }

  @Test
  void aReplacedFileRefusesToBeResumed() throws Exception {
    String etag = Http.header(Http.send("HEAD", export.link()), "ETag");
    finops.replaceFile(export, Files.writeString(folder.resolve("other"), "other bytes"));
    HttpResponse<byte[]> response =
        Http.get(export.link(), "Range", "bytes=100-", "If-Match", etag);
    assertEquals(412, response.statusCode());
    assertEquals("ConditionNotMet", Http.header(response, "x-ms-error-code"));
    assertTrue(Http.text(response).contains("<Code>ConditionNotMet</Code>"));
    assertEquals("other bytes", Http.text(Http.get(export.link())));
  }

  @Test
  void aKnownEtagIsNotSentAgain() throws Exception {
    String etag = Http.header(Http.send("HEAD", export.link()), "ETag");
    HttpResponse<byte[]> same = Http.get(export.link(), "If-None-Match", etag);
    assertEquals(304, same.statusCode());
    assertEquals(etag, Http.header(same, "ETag"));
    assertEquals(0, same.body().length);
    assertEquals("(none)", Http.header(same, "Content-Length"));
    assertEquals(200, Http.get(export.link(), "If-None-Match", "\"0x1\"").statusCode());
    assertEquals(200, Http.get(export.link(), "If-Match", "*").statusCode());
  }

  @Test
  void aDeletedFileIsNotFound() throws Exception {
    assertTrue(finops.deleteFile(export));
    assertFalse(finops.deleteFile(export));
    HttpResponse<byte[]> response = Http.get(export.link());
    assertEquals(404, response.statusCode());
    assertEquals("BlobNotFound", Http.header(response, "x-ms-error-code"));
    assertTrue(Http.text(response).contains("<Code>BlobNotFound</Code>"));
    HttpResponse<byte[]> head = Http.send("HEAD", export.link());
    assertEquals("BlobNotFound", Http.header(head, "x-ms-error-code"));
    assertEquals(0, head.body().length);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, 403, AuthorizationPermissionMismatch",
    "DELETE, 403, AuthorizationPermissionMismatch",
    "POST, 405, UnsupportedHttpVerb",
    "PATCH, 405, UnsupportedHttpVerb"
  })
  void aLinkForReadingAllowsNothingElse(String method, int status, String code) throws Exception {
    HttpResponse<byte[]> response = Http.send(method, export.link());
    assertEquals(status, response.statusCode());
    assertEquals(code, Http.header(response, "x-ms-error-code"));
    assertEquals(200, Http.send("HEAD", export.link()).statusCode());
  }

  @Test
  void anEmptyFileIsSentAndHasNoRange() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    Export nothing = finops.exportOne(DataProject.named("Empty").file("Nothing", empty, 0));
    HttpResponse<byte[]> response = Http.get(nothing.link());
    assertEquals(200, response.statusCode());
    assertEquals(0, response.body().length);
    assertEquals(416, Http.get(nothing.link(), "Range", "bytes=0-").statusCode());
  }

  private static String md5(byte[] bytes) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
  }

  @Test
  void aDownloadIsCutWhereTheTestSaysAndGoesOnFromThere() throws Exception {
    try (FinopsEmulator cutting = FinopsEmulator.builder()
        .clock(new TestClock())
        .cutDownloadsAfter(2_000_000)
        .start()) {
      Export cut = cutting.exportOne(project);
      assertThrows(IOException.class, () -> Http.get(cut.link()));
      assertThrows(IOException.class, () -> Http.get(cut.link(), "Range", "bytes=2000000-"));
      HttpResponse<byte[]> rest = Http.get(cut.link(), "Range", "bytes=4000000-");
      assertEquals(206, rest.statusCode());
      assertArrayEquals(Arrays.copyOfRange(bytes, 4_000_000, LENGTH), rest.body());
    }
  }

  @Test
  void aFreshLinkLeadsToTheSameFile() throws Exception {
    URI fresh = finops.freshLink(export);
    assertArrayEquals(bytes, Http.get(fresh).body());
  }
}
