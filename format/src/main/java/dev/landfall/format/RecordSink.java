package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.spi.FileSink;

/**
 * A sink that stores records, and can be told how those of a file are read.
 *
 * <p>{@link PackageEntities} tells it what the manifest of a package says of each file.
 */
public interface RecordSink extends FileSink {

  /**
   * Stores the records of one file, in all else as {@link FileSink#store}.
   *
   * @param file complete and verified
   * @param format how its records are read, unless the user of the sink has fixed another
   * @return where they lie now
   * @throws Exception as {@link FileSink#store} throws it
   */
  Receipt store(ExportedFile file, RecordFormat format) throws Exception;
}
