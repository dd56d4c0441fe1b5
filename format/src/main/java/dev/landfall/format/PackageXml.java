package dev.landfall.format;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamConstants;

/**
 * The elements of one XML file of a package, one after another.
 *
 * <p>Every loop is one of {@code while (xml.next())}, whose body ends each element with
 * {@link #text}, {@link #skip} or a loop of its own.
 */
final class PackageXml implements AutoCloseable {

  private static final int LONGEST_TEXT = 64 * 1024;
  private static final int MOST_ATTRIBUTES = 200;

  private final String namespace;
  private final XmlEvents xml;

  PackageXml(String file, String namespace, PackageLimits limits, InputStream bytes)
      throws IOException {
    this.namespace = namespace;
    xml = new XmlEvents(
        bytes,
        limits.deepestXml(),
        4 * LONGEST_TEXT,
        MOST_ATTRIBUTES,
        (line, column, expected, cause) -> new MalformedFileException(
            "%s, line %d, column %d: %s".formatted(file, line, column, expected), cause));
  }

  /** Enters the root element, or refuses another. */
  void root(String name) throws IOException {
    if (!next() || !name().equals(name)) {
      throw malformed(
          "the root element %s of namespace %s was expected.".formatted(name, namespace));
    }
  }

  /** {@return whether there is another element before the one around it ends, which is entered} */
  boolean next() throws IOException {
    while (true) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return true;
      }
      if (event == XMLStreamConstants.END_ELEMENT || event == XMLStreamConstants.END_DOCUMENT) {
        return false;
      }
    }
  }

  /** {@return the name of the element that was entered; empty if it has another namespace} */
  String name() {
    return namespace.equals(xml.event().getNamespaceURI()) ? xml.event().getLocalName() : "";
  }

  /** {@return the text of the element, which is left; elements in it are passed over} */
  String text() throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        return all.toString().strip();
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        skip();
      } else if (XmlEvents.isText(event)) {
        if (all.length() + xml.event().getTextLength() > LONGEST_TEXT) {
          throw malformed("a text of at most %d characters was expected.".formatted(LONGEST_TEXT));
        }
        xml.appendTo(all);
      }
    }
  }

  /** Leaves the element with all that is in it. */
  void skip() throws IOException {
    xml.skip();
  }

  /** Sees that nothing but blanks and comments follows the root element. */
  void end() throws IOException {
    while (next()) {
      skip();
    }
  }

  MalformedFileException malformed(String expected) {
    return xml.malformed(expected);
  }

  @Override
  public void close() throws IOException {
    xml.close();
  }
}
