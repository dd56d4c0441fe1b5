package dev.landfall.sink.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * S3Proxy over a folder: it verifies signatures and writes under conditions, but keeps no
 * checksums.
 */
final class S3Proxy extends S3Process {

  private static final Pattern LISTENING =
      Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

  private static final S3Proxy VERIFYING = new S3Proxy("aws-v2-or-v4");
  private static final S3Proxy TRUSTING = new S3Proxy("none");

  private final String authorization;

  private S3Proxy(String authorization) {
    super("s3proxy");
    this.authorization = authorization;
  }

  /** {@return the one of all tests that asks who somebody is} */
  static S3Proxy verifying() {
    return VERIFYING;
  }

  /**
   * {@return the one that takes everybody for its owner, so that headers may be lost on the way}
   */
  static S3Proxy trusting() {
    return TRUSTING;
  }

  @Override
  List<String> command(Path folder) throws IOException {
    Path stored = Files.createDirectory(folder.resolve("stored"));
    Properties settings = new Properties();
    settings.setProperty("s3proxy.endpoint", "http://127.0.0.1:0");
    settings.setProperty("s3proxy.authorization", authorization);
    settings.setProperty("s3proxy.identity", identity());
    settings.setProperty("s3proxy.credential", secret());
    settings.setProperty("jclouds.provider", "filesystem-nio2");
    settings.setProperty("jclouds.filesystem.basedir", stored.toString());
    settings.setProperty("jclouds.identity", "unused");
    settings.setProperty("jclouds.credential", "unused");
    Path file = folder.resolve("s3proxy.properties");
    try (var out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    return JavaProgram.command(
        List.of("-Xmx512m", "-Djava.io.tmpdir=" + folder),
        List.of(
            "-jar", PROGRAMS.resolve("s3proxy.jar").toString(), "--properties", file.toString()));
  }

  @Override
  Pattern listening() {
    return LISTENING;
  }
}
