package dev.landfall.sink.s3;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** S3Mock: it keeps checksums, tags and versions and asks for no signature. */
final class S3Mock extends S3Process {

  /** The first of its two ports, which is the one that its settings can bind to an address. */
  private static final Pattern LISTENING =
      Pattern.compile("Tomcat started on ports (\\d+) \\(http\\)");

  /** The one key for encryption that it knows. */
  static final String KMS_KEY = "landed";

  private static final S3Mock ONE = new S3Mock();

  private S3Mock() {
    super("s3mock");
  }

  /** {@return the one of all tests} */
  static S3Mock shared() {
    return ONE;
  }

  @Override
  List<String> command(Path folder) throws IOException {
    // It leaves a file there for each part, and folders of its web server.
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Path program = PROGRAMS.resolve("s3mock").resolve("BOOT-INF");
    return JavaProgram.command(
        List.of(
            "-Xmx384m",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + temporary,
            "-Dserver.ssl.enabled=false",
            "-Dserver.address=127.0.0.1",
            "-Dserver.port=0",
            "-Dhttp.port=0",
            "-Dspring.main.sources=" + loopback(),
            "-Dcom.adobe.testing.s3mock.store.valid-kms-keys=arn:aws:kms:us-east-1:123456789012:key/"
                + KMS_KEY,
            "-Dcom.adobe.testing.s3mock.store.root=" + folder.resolve("stored")),
        List.of(
            "-cp",
            program.resolve("classes") + System.getProperty("path.separator")
                + program.resolve("lib") + "/*",
            "com.adobe.testing.s3mock.S3MockApplication"));
  }

  private static String loopback() {
    try {
      return Objects.requireNonNull(S3Mock.class.getResource("/s3mock-loopback.xml"))
          .toURI()
          .toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  Pattern listening() {
    return LISTENING;
  }
}
