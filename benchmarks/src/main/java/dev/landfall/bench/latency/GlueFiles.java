package dev.landfall.bench.latency;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files in one folder, fetched to where they stay. */
final class GlueFiles {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder;
  private final boolean durable;

  private GlueFiles(Path folder, boolean durable) {
    this.folder = folder;
    this.durable = durable;
  }

  static GlueFiles in(Path folder, boolean durable) throws IOException {
    return new GlueFiles(Files.createDirectories(folder), durable);
  }

  Path fetch(String id, URI link) throws IOException, InterruptedException {
    Path file = folder.resolve(id + ".csv");
    HttpResponse<Path> answer =
        client.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofFile(file));
    if (answer.statusCode() != 200) {
      throw new IOException("The file cannot be had: status " + answer.statusCode());
    }
    if (durable) {
      sync(file, StandardOpenOption.WRITE);
      sync(folder, StandardOpenOption.READ);
    }
    return file;
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
