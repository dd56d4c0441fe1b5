package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/** The elements of one XML file that are its records: those in the root. */
final class XmlElements implements Closeable {

  /** Those for namespaces and the like. */
  private static final int OTHER_ATTRIBUTES = 64;

  private final InputStream bytes;
  private final XmlEvents xml;
  private boolean rootLeft;
  private long line;
  private @Nullable String kind;

  private XmlElements(InputStream bytes, RecordLimits limits) throws IOException {
    this.bytes = bytes;
    xml = new XmlEvents(
        bytes,
        limits.deepest(),
        limits.longestToken(),
        limits.mostColumns() + OTHER_ATTRIBUTES,
        (line, column, expected, cause) ->
            new MalformedFileException(line, ", column %d: %s".formatted(column, expected), cause));
    while (xml.next() != XMLStreamConstants.START_ELEMENT) {
      // Comments and instructions before the root; anything else is not well-formed.
    }
  }

  static XmlElements open(ExportedFile file, RecordLimits limits) throws IOException {
    InputStream bytes = file.open();
    try {
      return new XmlElements(bytes, limits);
    } catch (IOException | RuntimeException | Error unreadable) {
      try (bytes) {
        throw unreadable;
      }
    }
  }

  /** {@return whether there is another record, which is entered} */
  boolean next() throws IOException {
    while (!rootLeft) {
      line = xml.line();
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (kind == null) {
          kind = xml.event().getLocalName();
        }
        return true;
      }
      if (XmlEvents.isText(event) && !xml.isBlank()) {
        throw xml.malformed("records as elements were expected, and there is text between them.");
      }
      rootLeft = event == XMLStreamConstants.END_ELEMENT;
    }
    while (xml.event().getEventType() != XMLStreamConstants.END_DOCUMENT) {
      xml.next();
    }
    return false;
  }

  /** {@return the line on which the record begins, from 1} */
  long line() {
    return line;
  }

  /** {@return what the first record is called; its name tells what a record is} */
  String kind() {
    return kind == null ? "" : kind;
  }

  /** {@return whether the record that was entered is called as the first is} */
  boolean isOfKind() {
    return xml.event().getLocalName().equals(kind);
  }

  XmlEvents xml() {
    return xml;
  }

  @Override
  public void close() throws IOException {
    try (bytes) {
      xml.close();
    }
  }
}
