package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.emulator.DataProject;
import dev.landfall.emulator.Export;
import dev.landfall.emulator.FinopsEmulator;
import dev.landfall.file.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gigabyte over a connection that breaks off and links that die, with little memory. */
@Timeout(300)
class LargeFileTest {

  private static final long LENGTH = 1L << 30;
  private static final long CUT = LENGTH / 20;

  @TempDir
  Path folder;

  private final AtomicInteger renewed = new AtomicInteger();
  private final Settable clock = new Settable();
  private final List<Long> begins = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  private static final class Settable extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private Path file() throws IOException {
    byte[] block = new byte[1 << 20];
    new Random(5).nextBytes(block);
    Path file = folder.resolve("large.bin");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < LENGTH / block.length; i++) {
        // No two blocks are the same, so none may stand in another's place.
        block[i % 512] = (byte) (i + i / 512);
        block[512 + i % 1024] ^= 1;
        out.write(block);
      }
    }
    return file;
  }

  /** F&O's package API as far as a link is asked for, one call on each connection. */
  private void answer(ServerSocket server, FinopsEmulator finops, Export export) {
    while (!server.isClosed()) {
      try (Socket call = server.accept()) {
        var request = new BufferedReader(
            new InputStreamReader(call.getInputStream(), StandardCharsets.ISO_8859_1));
        int length = 0;
        for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
          }
        }
        assertEquals(length, request.read(new char[length]));
        renewed.incrementAndGet();
        String answer = "{\"value\":\"" + finops.freshLink(export) + "\"}";
        call.getOutputStream()
            .write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + answer.length()
                    + "\r\n\r\n" + answer)
                .getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException closed) {
        // The next one, or the end.
      }
    }
  }

  @Test
  void aGigabyteThatIsCutAtEveryTwentiethAndOutlivesThreeLinksLandsInSmallMemory()
      throws Exception {
    try (FinopsEmulator finops = FinopsEmulator.builder()
        .clock(clock)
        .folder(folder.resolve("finops"))
        .cutDownloadsAfter(CUT)
        .start()) {
      Path file = file();
      Export export = finops.exportOne(DataProject.named("Large").file("Large file", file, 1));
      Files.delete(file);
      try (ServerSocket environment =
          new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
        Thread answering = new Thread(() -> answer(environment, finops, export), "environment");
        answering.setDaemon(true);
        answering.start();
        String end = land(finops, export, "http://127.0.0.1:" + environment.getLocalPort());
        assertEquals("landed", end, () -> String.join("\n", told));
      }
      Path landed = folder.resolve("landed/file");
      assertEquals(export.sha256(), Sha256.ofFile(landed).hex());
      assertEquals(3, renewed.get(), () -> String.join("\n", told));
      long twice = 0;
      for (int i = 1; i < begins.size(); i++) {
        twice += begins.get(i - 1) + CUT - begins.get(i);
      }
      assertTrue(twice >= 0 && twice <= LENGTH / 50, twice + " bytes were sent twice");
      assertTrue(begins.size() >= 20, begins.toString());
    }
  }

  private String land(FinopsEmulator finops, Export export, String environment) throws Exception {
    String event = """
        {"EventId":"%s","EventTimeIso8601":"%s","ExecutionId":"run-1","DownloadURL":"%s"}""".formatted(export.eventId(), Instant.now(), export.link());
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            LargeFileProgram.class.getName(),
            event,
            finops.address().toString(),
            environment,
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    String end = "";
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told.add(line);
        end = line;
        hear(line);
      }
    } finally {
      process.destroy();
    }
    return end;
  }

  private void hear(String line) {
    if (line.startsWith("asked 20")) {
      begins.add(Long.parseLong(line.replaceAll(".*bytes=|-$", "")));
    }
    if (List.of("percent 23", "percent 47", "percent 71").contains(line)) {
      // The link dies; what is under way goes on to its cut.
      clock.ahead = clock.ahead.plus(Duration.ofHours(2));
    }
  }
}
