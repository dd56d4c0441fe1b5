package dev.landfall.testkit.simulation;

import dev.landfall.FolderSink;
import dev.landfall.spi.FileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder sink as its user would simulate it. */
final class FolderUnderTest implements SinkUnderTest {

  @Override
  public FileSink open(Path storage) {
    return FolderSink.at(storage);
  }

  @Override
  public List<String> stored(Path storage) throws IOException {
    List<String> records = new ArrayList<>();
    try (Stream<Path> files = Files.walk(storage)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.readAllLines(file).stream().skip(1).forEach(records::add);
      }
    }
    return records;
  }
}
