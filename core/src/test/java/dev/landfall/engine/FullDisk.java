package dev.landfall.engine;

import java.io.IOException;
import java.nio.file.Path;

/** A disk that has room for so many more steps. */
final class FullDisk implements SpoolDisk {

  private final SpoolDisk disk = SpoolDisk.local();
  private int steps;

  FullDisk(int steps) {
    this.steps = steps;
  }

  private void step() throws IOException {
    if (steps-- == 0) {
      throw new IOException("No space left on device.");
    }
  }

  @Override
  public void sync(Path fileOrFolder) throws IOException {
    step();
    disk.sync(fileOrFolder);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    step();
    disk.move(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }
}
