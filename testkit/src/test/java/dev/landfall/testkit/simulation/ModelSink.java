package dev.landfall.testkit.simulation;

import dev.landfall.event.EventId;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.FileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The simplest sink that is right: it keeps the records of each event in memory. */
final class ModelSink implements SinkUnderTest {

  private final Map<Path, Map<EventId, List<String>>> storages = new ConcurrentHashMap<>();

  @Override
  public FileSink open(Path storage) {
    Map<EventId, List<String>> stored =
        storages.computeIfAbsent(storage, any -> new LinkedHashMap<>());
    return new FileSink() {
      @Override
      public String name() {
        return "model";
      }

      @Override
      public Receipt store(ExportedFile file) throws IOException {
        stored.putIfAbsent(file.event().id(), records(file));
        return Receipt.of("model", file);
      }
    };
  }

  static List<String> records(ExportedFile file) throws IOException {
    List<String> lines = Files.readAllLines(file.path());
    return lines.subList(1, lines.size());
  }

  @Override
  public List<String> stored(Path storage) {
    Map<EventId, List<String>> all = storages.remove(storage);
    return all == null ? List.of() : all.values().stream().flatMap(List::stream).toList();
  }
}
