package dev.landfall.download;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A real Azurite, Microsoft's emulator of Azure Blob Storage, on a free port of this machine.
 *
 * <p>Blobs are named by container and name, such as {@code dmf/Customer g.csv}.
 */
final class Azurite implements AutoCloseable {

  /** The account and its key that Microsoft publishes for emulators; it guards nothing. */
  private static final String ACCOUNT = "devstoreaccount1";

  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final Path HOME = Path.of("src/test/azurite");
  private static final Path PROGRAM = HOME.resolve("node_modules/azurite/dist/src/blob/main.js");
  private static final Pattern LISTENING =
      Pattern.compile("successfully listens on (?:http://)?127\\.0\\.0\\.1:(?<port>[0-9]+)");
  private static final DateTimeFormatter RFC_1123 = DateTimeFormatter.ofPattern(
          "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
      .withZone(ZoneOffset.UTC);
  private static final int BLOCK = 256 * 1024;

  private final Process process;
  private final URI origin;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Azurite(Process process, int port) {
    this.process = process;
    this.origin = URI.create("http://127.0.0.1:%d/%s".formatted(port, ACCOUNT));
  }

  /** Whether there is one, and Node.js to run it. */
  static boolean isInstalled() {
    try {
      return Files.exists(PROGRAM)
          && new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException noNode) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * Starts one that keeps its blobs in a folder, sends no telemetry and talks to clients of any
   * age.
   */
  static Azurite start(Path folder) throws Exception {
    Process process = new ProcessBuilder(
            "node",
            PROGRAM.toString(),
            "-l",
            folder.toString(),
            "--blobHost",
            "127.0.0.1",
            "--blobPort",
            "0",
            "--disableTelemetry",
            "--silent",
            "--skipApiVersionCheck")
        .redirectErrorStream(true)
        .start();
    try {
      int port = CompletableFuture.supplyAsync(() -> port(process)).get(60, TimeUnit.SECONDS);
      return new Azurite(process, port);
    } catch (ExecutionException | TimeoutException | InterruptedException failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  /** Waits until it says where it listens. */
  private static int port(Process process) {
    List<String> said = new ArrayList<>();
    try {
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          return Integer.parseInt(listening.group("port"));
        }
        said.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("Azurite ended: " + said);
  }

  /** Scheme, host, port and account. */
  URI origin() {
    return origin;
  }

  /** A link that reads a blob. */
  Sas link(String blob) {
    return Sas.ofBlob(origin, blob, KEY);
  }

  /** A link that reads a blob, as it would any other of the account. */
  Sas accountLink(String blob) {
    return Sas.ofAccount(origin, blob, KEY);
  }

  /** Where a blob is, for who needs no signature. */
  String address(String blob) {
    return Sas.address(origin, blob).toString();
  }

  void createContainer(String name) throws Exception {
    send("PUT", name, Map.of("restype", "container"), Map.of(), new byte[0]);
  }

  /** Uploads at once; the storage keeps the MD5. */
  void put(String blob, byte[] content) throws Exception {
    Map<String, String> headers =
        Map.of("x-ms-blob-type", "BlockBlob", "x-ms-blob-content-md5", md5(content));
    send("PUT", blob, Map.of(), headers, content);
  }

  /** Uploads in blocks, as large files are; the storage keeps no MD5. */
  void putInBlocks(String blob, byte[] content) throws Exception {
    putInBlocks(blob, content, Map.of());
  }

  /** Uploads in blocks, with an MD5 that the storage keeps without looking. */
  void putInBlocks(String blob, byte[] content, String md5) throws Exception {
    putInBlocks(blob, content, Map.of("x-ms-blob-content-md5", md5));
  }

  private void putInBlocks(String blob, byte[] content, Map<String, String> headers)
      throws Exception {
    StringBuilder list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
    for (int at = 0; at < content.length; at += BLOCK) {
      String id = base64("block %09d".formatted(at).getBytes(StandardCharsets.UTF_8));
      byte[] block = Arrays.copyOfRange(content, at, Math.min(at + BLOCK, content.length));
      send("PUT", blob, Map.of("comp", "block", "blockid", id), Map.of(), block);
      list.append("<Latest>").append(id).append("</Latest>");
    }
    byte[] body = list.append("</BlockList>").toString().getBytes(StandardCharsets.UTF_8);
    send("PUT", blob, Map.of("comp", "blocklist"), headers, body);
  }

  void delete(String blob) throws Exception {
    send("DELETE", blob, Map.of(), Map.of(), new byte[0]);
  }

  static String md5(byte[] content) throws GeneralSecurityException {
    return base64(MessageDigest.getInstance("MD5").digest(content));
  }

  static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
      return base64(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** As the owner of the account. Source: Azure Storage, "Authorize with Shared Key". */
  private void send(
      String method, String path, Map<String, String> query, Map<String, String> more, byte[] body)
      throws IOException, InterruptedException {
    URI address = Sas.address(origin, path);
    Map<String, String> parameters = new TreeMap<>(query);
    Map<String, String> headers = new TreeMap<>(more);
    headers.put("x-ms-date", RFC_1123.format(Clock.systemUTC().instant()));
    headers.put("x-ms-version", "2020-12-06");
    String signed = method + "\n\n\n" + (body.length == 0 ? "" : body.length) + "\n".repeat(9)
        + lines(headers, "", "\n")
        + "/" + ACCOUNT + address.getRawPath()
        + lines(parameters, "\n", "");
    String search = parameters.entrySet().stream()
        .map(one -> one.getKey() + "=" + Sas.encoded(one.getValue()))
        .collect(Collectors.joining("&"));
    HttpRequest.Builder request = HttpRequest.newBuilder(
            search.isEmpty() ? address : URI.create(address + "?" + search))
        .method(method, BodyPublishers.ofByteArray(body))
        .header("Authorization", "SharedKey %s:%s".formatted(ACCOUNT, hmac(KEY, signed)));
    headers.forEach(request::header);
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "%s %s: %d, %s".formatted(method, address.getPath(), answer.statusCode(), answer.body()));
    }
  }

  private static String lines(Map<String, String> values, String before, String after) {
    return values.entrySet().stream()
        .map(one -> before + one.getKey() + ":" + one.getValue() + after)
        .collect(Collectors.joining());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
