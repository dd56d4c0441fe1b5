package dev.landfall.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a local disk can promise: that bytes survive a power cut, and that nobody else writes. */
public final class Disk {

  private Disk() {}

  /**
   * Returns once a file's bytes, or a folder's names, are on the disk itself.
   *
   * <p>A new or renamed file is only safe once its folder is synced too. Systems that cannot open a
   * folder (Windows) keep names safe by themselves; there a folder is passed over. An interrupt
   * does not end it and is kept for whoever asks next.
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

  /**
   * Takes a file for the holder of a channel alone, until the channel is closed.
   *
   * @param channel open for writing
   * @return false if another channel has it, in this process or another
   * @throws IOException if the file system has no locks
   */
  public static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  /**
   * Gives a file a second name, which shares its bytes with the first. The first may be removed
   * then.
   *
   * @param file must exist
   * @param name where nothing is
   * @return false if that cannot be done here: on another disk, or on a system that has no such
   *     names or does not count them
   * @throws FileAlreadyExistsException if there is something of that name
   * @throws IOException if the file, or the folder of the name, is not there
   */
  public static boolean link(Path file, Path name) throws IOException {
    if (!countsNames(file)) {
      return false;
    }
    try {
      Files.createLink(name, file);
      return true;
    } catch (FileAlreadyExistsException | NoSuchFileException notAsExpected) {
      throw notAsExpected;
    } catch (UnsupportedOperationException | FileSystemException notHere) {
      return false;
    }
  }

  /**
   * {@return whether a file has a second name, under which others may change its bytes}
   *
   * @param file must exist
   * @throws IOException if the disk cannot be read
   */
  public static boolean isShared(Path file) throws IOException {
    return countsNames(file) && (int) Files.getAttribute(file, "unix:nlink") > 1;
  }

  private static boolean countsNames(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    boolean interrupted = false;
    try {
      while (!forcedUnlessInterrupted(path, how)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean forcedUnlessInterrupted(Path path, StandardOpenOption how)
      throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException interrupted) {
      return false;
    }
  }
}
