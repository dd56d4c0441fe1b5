package dev.landfall.bench.s3;

import dev.landfall.bench.frame.Parent;
import dev.landfall.bench.landing.Tally;
import dev.landfall.bench.load.EventIds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Nothing but the vendor's client, as it comes, which stores bytes that it has in memory: the most
 * that a sink built on it can reach.
 */
final class SdkProgram {

  private SdkProgram() {}

  /**
   * Stores until all objects are there.
   *
   * @param arguments when to tell how many are stored, twice, where the server is, where the bytes
   *     of every object are, how many to store at once, and the seed of their ids
   */
  public static void main(String[] arguments) throws IOException {
    Tally tally = Tally.of(arguments[0], arguments[1]);
    int all = Integer.parseInt(arguments[1]);
    byte[] bytes = Files.readAllBytes(Path.of(arguments[3]));
    int atOnce = Integer.parseInt(arguments[4]);
    EventIds ids = new EventIds(Long.parseLong(arguments[5]));
    URI server = URI.create(arguments[2]);
    ExecutorService workers = Executors.newFixedThreadPool(atOnce);
    try (S3Client client = client(server)) {
      AtomicInteger next = new AtomicInteger();
      Runnable storing = () -> {
        for (int number = next.getAndIncrement(); number < all; number = next.getAndIncrement()) {
          String key = ids.id(number) + ".csv";
          client.putObject(
              put -> put.bucket(S3Proxy.BUCKET).key(key), RequestBody.fromBytes(bytes));
          tally.landed();
        }
      };
      // As those who take events tell where; nobody posts any here.
      Parent.tell(server.toString());
      CompletableFuture.allOf(IntStream.range(0, atOnce)
              .mapToObj(worker -> CompletableFuture.runAsync(storing, workers))
              .toArray(CompletableFuture[]::new))
          .join();
      Parent.awaitEnd();
    } finally {
      workers.shutdown();
    }
  }

  private static S3Client client(URI server) {
    return S3Client.builder()
        .endpointOverride(server)
        .region(Region.of(S3Proxy.REGION))
        .forcePathStyle(true)
        .credentialsProvider(StaticCredentialsProvider.create(
            AwsBasicCredentials.create(S3Proxy.KEY, S3Proxy.SECRET)))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }
}
