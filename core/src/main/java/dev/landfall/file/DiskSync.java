package dev.landfall.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes what was written to a local disk survive a power cut. */
public final class DiskSync {

  private DiskSync() {}

  /**
   * Returns once a file's bytes, or a folder's names, are on the disk itself.
   *
   * <p>A new or renamed file is only safe once its folder is synced too. Systems that cannot open a
   * folder (Windows) keep names safe by themselves; there a folder is passed over.
   *
   * @param fileOrFolder must exist
   * @throws IOException if the disk cannot be written
   */
  public static void sync(Path fileOrFolder) throws IOException {
    if (!Files.isDirectory(fileOrFolder)) {
      force(fileOrFolder, StandardOpenOption.WRITE);
    } else if (fileOrFolder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      force(fileOrFolder, StandardOpenOption.READ);
    }
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
