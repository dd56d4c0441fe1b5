package dev.landfall.engine;

import dev.landfall.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The steps of a spool that decide what a crash or a power cut leaves of it. */
public interface SpoolDisk {

  /** {@return the local disk} */
  static SpoolDisk local() {
    return new SpoolDisk() {
      @Override
      public void sync(Path fileOrFolder) throws IOException {
        Disk.sync(fileOrFolder);
      }

      @Override
      public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      }

      @Override
      public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
      }
    };
  }

  /**
   * Returns once a file's bytes, or a folder's names, outlive a power cut.
   *
   * @param fileOrFolder must exist
   * @throws IOException if the disk cannot be written
   */
  void sync(Path fileOrFolder) throws IOException;

  /**
   * Gives a file another name at once, in place of any that has it.
   *
   * @param from must exist
   * @param to in the same folder
   * @throws IOException if the disk cannot be written
   */
  void move(Path from, Path to) throws IOException;

  /**
   * Removes a file, if it is there.
   *
   * @param file need not exist
   * @throws IOException if the disk cannot be written
   */
  void delete(Path file) throws IOException;
}
