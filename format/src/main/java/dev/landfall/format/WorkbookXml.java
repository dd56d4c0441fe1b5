package dev.landfall.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;

/** The XML of one part of a workbook, of which only some elements matter, whatever they are in. */
final class WorkbookXml implements AutoCloseable {

  static final int LONGEST_TOKEN = 256 * 1024;

  private static final int MOST_ATTRIBUTES = 200;
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private final InputStream bytes;
  private final XmlEvents xml;
  private final StringBuilder text = new StringBuilder();

  WorkbookXml(InputStream bytes, int deepest, int longestToken, XmlEvents.Refusal refusal)
      throws IOException {
    this.bytes = bytes;
    try {
      xml = new XmlEvents(bytes, deepest, longestToken, MOST_ATTRIBUTES, refusal);
    } catch (IOException | RuntimeException | Error unreadable) {
      try (bytes) {
        throw unreadable;
      }
    }
  }

  /** {@return whether another element follows, at whatever depth, which is entered} */
  boolean next() throws IOException {
    while (true) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        return true;
      }
      if (event == XMLStreamConstants.END_DOCUMENT) {
        end();
        return false;
      }
    }
  }

  /** {@return whether another element follows in the one that was entered, which else is left} */
  boolean nextWithin() throws IOException {
    int event = xml.next();
    while (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
      event = xml.next();
    }
    return event == XMLStreamConstants.START_ELEMENT;
  }

  /** Sees that the part was unpacked to what was packed. */
  private void end() throws IOException {
    bytes.transferTo(OutputStream.nullOutputStream());
  }

  /** Leaves the element that was entered last, with all that is in it. */
  void skip() throws IOException {
    xml.skip();
  }

  /** {@return the name of the element that was entered, without its namespace} */
  String name() {
    return xml.event().getLocalName();
  }

  /** {@return in how many elements the last entered one is, itself counted} */
  int depth() {
    return xml.depth();
  }

  /** {@return an attribute without a namespace; empty if it is not there} */
  String attribute(String name) {
    for (int i = 0; i < xml.event().getAttributeCount(); i++) {
      if (xml.event().getAttributeLocalName(i).equals(name) && !isQualified(i)) {
        return xml.event().getAttributeValue(i);
      }
    }
    return "";
  }

  /** {@return an attribute with a namespace; empty if it is not there} */
  String qualifiedAttribute(String name) {
    for (int i = 0; i < xml.event().getAttributeCount(); i++) {
      if (xml.event().getAttributeLocalName(i).equals(name) && isQualified(i)) {
        return xml.event().getAttributeValue(i);
      }
    }
    return "";
  }

  private boolean isQualified(int attribute) {
    String namespace = xml.event().getAttributeNamespace(attribute);
    return namespace != null && !namespace.isEmpty();
  }

  /** What is thrown when a text becomes too long. */
  interface TooLong {
    MalformedFileException refusal();
  }

  /** {@return the text of the element, which is left} */
  String text(int longest, TooLong tooLong) throws IOException {
    text.setLength(0);
    append(longest, tooLong);
    return unescaped(text.toString());
  }

  /** {@return the text of the element's runs without hints at its pronunciation; it is left} */
  String richText(int longest, TooLong tooLong) throws IOException {
    text.setLength(0);
    appendRuns(longest, tooLong);
    return unescaped(text.toString());
  }

  private void appendRuns(int longest, TooLong tooLong) throws IOException {
    while (nextWithin()) {
      switch (name()) {
        case "t" -> append(longest, tooLong);
        case "r" -> appendRuns(longest, tooLong);
        default -> skip();
      }
    }
  }

  private void append(int longest, TooLong tooLong) throws IOException {
    for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        skip();
      } else if (XmlEvents.isText(event)) {
        if ((long) text.length() + xml.event().getTextLength() > longest) {
          throw tooLong.refusal();
        }
        xml.appendTo(text);
      }
    }
  }

  /**
   * {@return a text with the characters that XML cannot have, which are escaped as {@code _x000B_}}
   *
   * <p>Source: ECMA-376, part 1, section 22.9.2.19.
   */
  static String unescaped(String escaped) {
    if (!escaped.contains("_x")) {
      return escaped;
    }
    String plain = ESCAPED
        .matcher(escaped)
        .replaceAll(found -> Matcher.quoteReplacement(
            Character.toString((char) Integer.parseInt(found.group(1), 16))));
    return UnicodeText.isPaired(plain) ? plain : escaped;
  }

  MalformedFileException malformed(String expected) {
    return xml.malformed(expected);
  }

  @Override
  public void close() throws IOException {
    try (bytes) {
      xml.close();
    }
  }
}
