package dev.landfall.bench.download;

import dev.landfall.download.DownloadLimits;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpDownloader;
import dev.landfall.download.HttpReader;
import dev.landfall.download.JdkHttpReader;
import dev.landfall.download.Part;
import dev.landfall.download.apache.ApacheHttpReader;
import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Fetches with Landfall's downloader, without a pipeline around it. */
final class LandfallProgram {

  private LandfallProgram() {}

  /**
   * Fetches until the parent has enough.
   *
   * @param arguments where files are, how many are fetched at once, then {@code apache} or
   *     {@code jdk} for who reads them
   */
  public static void main(String[] arguments) throws Exception {
    URI server = URI.create(arguments[0]);
    int atOnce = Integer.parseInt(arguments[1]);
    HttpReader.Opener opener =
        arguments[2].equals("apache") ? ApacheHttpReader::open : JdkHttpReader::open;
    ExecutorService workers = Executors.newFixedThreadPool(atOnce);
    try (HttpDownloader downloader = new HttpDownloader(
        HostPolicy.nothing().trust(server), Clock.systemUTC(), opener, DownloadLimits.usual())) {
      Fetcher fetcher = batch -> {
        Callable<Void> worker = worker(downloader, server, batch, new AtomicInteger());
        for (Future<Void> done : workers.invokeAll(Collections.nCopies(atOnce, worker))) {
          done.get();
        }
      };
      fetcher.serve();
    } finally {
      workers.shutdownNow();
    }
  }

  /** {@return what each thread does: it takes the next file as long as there is one} */
  private static Callable<Void> worker(
      HttpDownloader downloader, URI server, Batch batch, AtomicInteger next) {
    return () -> {
      for (int number = next.getAndIncrement();
          number < batch.files();
          number = next.getAndIncrement()) {
        var unused = downloader.fetch(
            FileReference.of(SignedLink.of(batch.link(server, number))),
            Part.at(batch.file(Path.of(Fetcher.FETCHED), number)),
            (soFar, inAll) -> {});
      }
      return null;
    };
  }
}
