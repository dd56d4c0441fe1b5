package dev.landfall.bench.download;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds programs of the system. */
public final class Installed {

  private Installed() {}

  /**
   * {@return where a program is}
   *
   * @param program its name
   * @throws IOException if it is not installed
   */
  public static String require(String program) throws IOException {
    // Servers lie where not every user's PATH leads.
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseThrow(() -> new IOException(
            "This case needs %s, which is not on the PATH; on Debian, apt-get install %s brings it."
                .formatted(program, program)));
  }
}
