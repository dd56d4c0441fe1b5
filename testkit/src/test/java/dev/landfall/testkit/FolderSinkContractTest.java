package dev.landfall.testkit;

import dev.landfall.FolderSink;
import dev.landfall.spi.FileSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class FolderSinkContractTest extends FileSinkContract {

  @Override
  protected FileSink openSink() {
    return FolderSink.at(storage());
  }

  @Override
  protected List<String> stored() throws IOException {
    List<String> stored = new ArrayList<>();
    try (Stream<Path> files = Files.walk(storage())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        stored.add(storage().relativize(file) + ": " + Files.readString(file));
      }
    }
    return stored;
  }

  @Override
  protected byte[] content(int number) {
    return ("id,name\n" + number + ",one\n").getBytes(StandardCharsets.UTF_8);
  }
}
