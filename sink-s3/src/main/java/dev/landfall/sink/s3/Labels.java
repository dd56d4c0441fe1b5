package dev.landfall.sink.s3;

import dev.landfall.event.BusinessEvent;
import dev.landfall.file.ExportedFile;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The user metadata of an object: what a person wants to know of it, and what tells whether it is
 * the one that was to be stored; never the link.
 *
 * <p>S3 takes ASCII there, and 2 KB in all: other characters are percent-encoded in UTF-8, and a
 * value ends after 256 bytes.
 */
final class Labels {

  /** The digest of the exported file, whatever the object is compressed by. */
  static final String SHA256 = "sha256";

  /** Of the exported file in bytes. */
  static final String LENGTH = "length";

  private static final int LONGEST = 256;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Labels() {}

  static Map<String, String> of(ExportedFile file) {
    BusinessEvent event = file.event();
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("event-id", text(event.id().value()));
    labels.put("route", text(file.route()));
    event.entity().ifPresent(entity -> labels.put("entity", text(entity)));
    event.legalEntity().ifPresent(company -> labels.put("legal-entity", text(company.toString())));
    labels.put("exported-at", event.time().toString());
    event
        .payload()
        .integer("NoOfRecords")
        .ifPresent(count -> labels.put("records", Long.toString(count)));
    labels.put(LENGTH, Long.toString(file.length()));
    labels.put(SHA256, file.sha256().hex());
    return labels;
  }

  private static String text(String value) {
    StringBuilder text = new StringBuilder();
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (each > ' ' && each < 127 && each != '%') || (each == ' ' && text.length() > 0);
      String written = plain ? Character.toString(each) : "%" + HEX.toHexDigits(each);
      if (text.length() + written.length() > LONGEST) {
        break;
      }
      text.append(written);
    }
    return text.toString().stripTrailing();
  }
}
