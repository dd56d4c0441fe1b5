package dev.landfall.sink.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real server that speaks S3, in a process of its own on a free port of this machine: started
 * before the first class that needs it, stopped after the last of all. Tests that share it have
 * buckets of their own.
 */
abstract class S3Server implements BeforeAllCallback {

  /** Where the build puts the servers, and they what they store. */
  static final Path PROGRAMS = Path.of("target", "servers");

  static final Region REGION = Region.US_EAST_1;

  private static final Duration START = Duration.ofSeconds(90);

  private final String name;
  private final String identity = "id-" + UUID.randomUUID();
  private final String secret = UUID.randomUUID().toString();
  private @Nullable Path folder;
  private @Nullable Process process;
  private @Nullable URI endpoint;
  private @Nullable S3Client client;

  S3Server(String name) {
    this.name = name;
  }

  /**
   * {@return the program and its arguments}
   *
   * @param folder empty, for all that it stores
   */
  abstract List<String> command(Path folder) throws IOException;

  /** {@return what finds the port in a line of its log; it serves once it says so} */
  abstract Pattern listening();

  @Override
  public final void beforeAll(ExtensionContext context) {
    var unused = context
        .getRoot()
        .getStore(Namespace.create(S3Server.class))
        .computeIfAbsent(this, server -> server.running());
  }

  /** {@return what stops it} */
  private AutoCloseable running() {
    try {
      start();
      return this::stop;
    } catch (Exception unstarted) {
      throw new IllegalStateException(name + " does not start.", unstarted);
    }
  }

  private void start() throws Exception {
    folder = Files.createTempDirectory(PROGRAMS.toAbsolutePath(), name + "-");
    Process started =
        new ProcessBuilder(command(folder)).redirectErrorStream(true).start();
    process = started;
    // It must not outlive tests that are broken off.
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    int port = port(started);
    endpoint = URI.create("http://127.0.0.1:" + port);
    client = client(endpoint);
  }

  private int port(Process started) throws Exception {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    Thread reader = new Thread(() -> readLog(started, port), name + "-log");
    reader.setDaemon(true);
    reader.start();
    try {
      return port.get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      started.destroyForcibly();
      throw new IOException(name + " does not start.", failure);
    }
  }

  private void readLog(Process started, CompletableFuture<Integer> port) {
    List<String> beginning = new ArrayList<>();
    try (BufferedReader log = started.inputReader(StandardCharsets.UTF_8)) {
      // It is read to its end: a server whose log is full stands still.
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        Matcher told = listening().matcher(line);
        if (port.isDone()) {
          continue;
        }
        beginning.add(line);
        if (told.find()) {
          port.complete(Integer.parseInt(told.group(1)));
        }
      }
    } catch (IOException gone) {
      // It was stopped.
    } finally {
      port.completeExceptionally(new IOException(String.join("\n", beginning)));
    }
  }

  private void stop() throws Exception {
    client().close();
    Process stopped = Objects.requireNonNull(process);
    stopped.destroyForcibly();
    stopped.waitFor();
    try (Stream<Path> all = Files.walk(Objects.requireNonNull(folder))) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  final URI endpoint() {
    return Objects.requireNonNull(
        endpoint, "A server runs only while classes are tested that need it.");
  }

  final String identity() {
    return identity;
  }

  final String secret() {
    return secret;
  }

  final StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(identity, secret));
  }

  /** {@return a client of the server itself, to prepare and to look; closed with the server} */
  final S3Client client() {
    return Objects.requireNonNull(
        client, "A server runs only while classes are tested that need it.");
  }

  /** {@return a client of this server by way of another address, to be closed} */
  final S3Client client(URI address) {
    return S3Client.builder()
        .endpointOverride(address)
        .region(REGION)
        .credentialsProvider(credentials())
        .forcePathStyle(true)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  /** {@return a new and empty bucket} */
  final TestBucket createBucket() {
    String bucket = "landed-" + UUID.randomUUID();
    client().createBucket(request -> request.bucket(bucket));
    return new TestBucket(client(), bucket);
  }

  @Override
  public final String toString() {
    return name;
  }
}
