package dev.landfall.emulator.data;

/**
 * How rows are written to an export file; always in UTF-8.
 *
 * <p>F&amp;O lets each data format choose its own separators and encoding. These are the plain
 * ones.
 */
public enum DataFormat {
  /**
   * A header line, commas, CRLF after each line, double quotes where a value holds a comma, a quote
   * or a line break (RFC 4180).
   */
  CSV("csv") {
    @Override
    RowWriter writer(Entity entity) {
      return new CsvWriter(entity, "");
    }
  },

  /** As {@link #CSV}, behind a byte order mark. */
  CSV_WITH_BOM("csv") {
    @Override
    RowWriter writer(Entity entity) {
      return new CsvWriter(entity, "\uFEFF");
    }
  },

  /** F&amp;O's element style: one element per row and one per field inside {@code Document}. */
  XML("xml") {
    @Override
    RowWriter writer(Entity entity) {
      return new XmlWriter(entity);
    }
  },

  /** An array of flat objects; numbers are numbers, everything else is text. */
  JSON("json") {
    @Override
    RowWriter writer(Entity entity) {
      return new JsonWriter(entity);
    }
  };

  private final String extension;

  DataFormat(String extension) {
    this.extension = extension;
  }

  /** {@return the extension of a file's name, without the dot} */
  public String extension() {
    return extension;
  }

  abstract RowWriter writer(Entity entity);
}
