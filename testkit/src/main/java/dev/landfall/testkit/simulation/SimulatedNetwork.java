package dev.landfall.testkit.simulation;

import dev.landfall.download.DownloadLimits;
import dev.landfall.download.Downloaded;
import dev.landfall.download.Downloader;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpAnswer;
import dev.landfall.download.HttpDownloader;
import dev.landfall.download.HttpReader;
import dev.landfall.download.Part;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.download.Progress;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.spi.FileLocator;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The storage that links lead to, which tells the right time, and the way to it. */
final class SimulatedNetwork implements Downloader, FileLocator, HttpReader {

  private static final PayloadUrlLocator LINK = PayloadUrlLocator.field("DownloadURL");
  private static final Pattern RANGE = Pattern.compile("bytes=(?<first>[0-9]+)-");

  private final World world;
  private final HttpDownloader downloader;

  SimulatedNetwork(World world) {
    this.world = world;
    this.downloader = new HttpDownloader(
        HostPolicy.nothing().trust(URI.create(Shipping.STORAGE)),
        Parts.clock(world::time),
        (hosts, patience) -> this,
        DownloadLimits.usual());
  }

  @Override
  public FileReference locate(BusinessEvent event) {
    world.step("locates", event.id());
    world.maybeThrow(Fault.LOCATOR_FAILS);
    if (world.strikes(Fault.LOCATOR_REFUSES)) {
      throw refused(Reason.LINK_MALFORMED);
    }
    return LINK.locate(event);
  }

  @Override
  public Optional<Instant> expiry(BusinessEvent event) {
    world.maybeThrow(Fault.FILTER_FAILS);
    return LINK.expiry(event);
  }

  @Override
  public Downloaded fetch(FileReference reference, Part part, Progress progress)
      throws InterruptedException {
    world.interruptibleStep("fetches", reference.name());
    Actor worker = world.turns().current();
    Attempt working = worker.working;
    if (working != null && working.spooled && worker.owner.spool.test(working.landing.id())) {
      world
          .trace()
          .broken("a file that waits in the spool is not fetched again, unlike that of "
              + working.landing.id());
    }
    if (world.strikes(Fault.DOWNLOAD_IS_REFUSED)) {
      throw refused(Reason.FILE_GONE);
    }
    Announced event = world.behind(reference.url());
    if (event.dies() != null && !event.dies().isAfter(world.time())) {
      throw refused(Reason.LINK_EXPIRED);
    }
    Downloaded downloaded = downloader.fetch(reference, part, progress);
    world.interruptibleStep("has fetched", reference.name());
    if (working != null) {
      working.fetched = true;
    }
    return downloaded;
  }

  private FetchException refused(Reason reason) {
    Attempt working = world.turns().current().working;
    if (working != null) {
      world.witness().mayDie(working.landing.id(), reason);
    }
    return FetchException.permanent(reason, "There is nothing for you here.");
  }

  @Override
  public HttpAnswer get(URI uri, Map<String, String> headers) throws IOException {
    if (world.strikes(Fault.DOWNLOAD_FAILS)) {
      throw new ConnectException("The host is busy.");
    }
    Announced event = world.behind(uri.toString());
    byte[] file = event.file();
    Matcher range = RANGE.matcher(headers.getOrDefault("Range", ""));
    int first = range.matches() ? Integer.parseInt(range.group("first")) : 0;
    return new Answer(event, file.length, first, ByteBuffer.wrap(file).position(first));
  }

  /** Part of a file, from where it was asked for; it may break off in its middle. */
  private final class Answer implements HttpAnswer {

    private final Announced event;
    private final int length;
    private final int first;
    private final ByteBuffer left;
    private boolean begun;

    Answer(Announced event, int length, int first, ByteBuffer left) {
      this.event = event;
      this.length = length;
      this.first = first;
      this.left = left;
    }

    @Override
    public int status() {
      return first == 0 ? 200 : 206;
    }

    @Override
    public Optional<String> header(String name) {
      return switch (name) {
        case "ETag" -> Optional.of('"' + event.id().value() + '"');
        case "Content-Length" -> Optional.of(Integer.toString(length - first));
        case "Content-Range" ->
          Optional.of("bytes %d-%d/%d".formatted(first, length - 1, length))
              .filter(any -> first > 0);
        default -> Optional.empty();
      };
    }

    @Override
    public int read(ByteBuffer target) throws IOException, InterruptedException {
      int next = begun ? left.remaining() : left.remaining() / 2;
      if (begun) {
        world.interruptibleStep("has fetched half", event);
        if (world.strikes(Fault.DOWNLOAD_IS_CUT)) {
          throw new IOException("The connection broke.");
        }
      }
      begun = true;
      if (!left.hasRemaining()) {
        return -1;
      }
      int taken = Math.min(Math.max(1, next), target.remaining());
      target.put(left.slice().limit(taken));
      left.position(left.position() + taken);
      return taken;
    }

    @Override
    public void close() {}
  }

  @Override
  public void close() {}
}
