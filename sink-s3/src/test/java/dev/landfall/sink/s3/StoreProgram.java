package dev.landfall.sink.s3;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.LandfallException;
import dev.landfall.event.Payload;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Sha256;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Stores one file in parts, in a process of its own, and prints where it is. */
final class StoreProgram {

  private StoreProgram() {}

  /** {@return its arguments} */
  static List<String> arguments(
      S3Server server, URI address, TestBucket bucket, Path file, long partSize) {
    return List.of(
        address.toString(),
        server.identity(),
        server.secret(),
        bucket.name(),
        file.toString(),
        Long.toString(partSize));
  }

  /**
   * Stores the file.
   *
   * @param arguments address, access key, secret key, bucket, file, size of a part
   */
  public static void main(String[] arguments) throws Exception {
    try (S3Sink sink = S3Sink.bucket(arguments[3])
        .endpoint(URI.create(arguments[0]))
        .pathStyle()
        .credentials(arguments[1], arguments[2])
        .partSize(Long.parseLong(arguments[5]))
        .build()) {
      System.out.println(sink.store(exported(Path.of(arguments[4]))).location());
    } catch (LandfallException refusal) {
      System.out.println(refusal.getMessage());
    }
  }

  /** {@return the file as if it had just been downloaded} */
  static ExportedFile exported(Path file) throws Exception {
    BusinessEvent event = BusinessEvent.of(Payload.of(Map.of(
        "EventId",
        "large",
        "BusinessEventLegalEntity",
        "usmf",
        "EventTimeIso8601",
        "2026-03-01T08:15:30Z",
        "EntityName",
        "Customers")));
    return new ExportedFile(
        event,
        "exports",
        "export.csv",
        FileFormat.CSV,
        Files.size(file),
        Sha256.ofFile(file),
        file);
  }
}
