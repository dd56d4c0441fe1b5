package dev.landfall.sink.s3;

import dev.landfall.file.FileFormat;
import java.util.Map;

/** The media types of formats, by the IANA registry. */
final class MediaTypes {

  private static final Map<String, String> BY_EXTENSION = Map.of(
      "csv", "text/csv",
      "txt", "text/plain",
      "xml", "application/xml",
      "json", "application/json",
      "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "zip", "application/zip",
      "parquet", "application/vnd.apache.parquet");

  private MediaTypes() {}

  static String of(FileFormat format) {
    return BY_EXTENSION.getOrDefault(format.extension(), "application/octet-stream");
  }
}
