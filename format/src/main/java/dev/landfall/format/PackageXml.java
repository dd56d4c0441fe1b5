package dev.landfall.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one XML file of a package, one after another.
 *
 * <p>A document type is refused, and with it entities of one's own, inside or elsewhere; nothing is
 * fetched. Every loop is one of {@code while (xml.next())}, whose body ends each element with
 * {@link #text}, {@link #skip} or a loop of its own.
 */
final class PackageXml implements AutoCloseable {

  private static final int LONGEST_TEXT = 64 * 1024;
  private static final int FIRST_BYTES = 256;
  private static final Pattern DECLARED =
      Pattern.compile("<\\?xml[^>]{1,200}encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
  private static final Set<String> ONE_BYTE = Set.of("iso-8859-1", "us-ascii", "windows-1252");

  private final String file;
  private final String namespace;
  private final PackageLimits limits;
  private final WatchedReader text;
  private final XMLStreamReader reader;
  private int depth;

  PackageXml(String file, String namespace, PackageLimits limits, InputStream bytes)
      throws IOException {
    this.file = file;
    this.namespace = namespace;
    this.limits = limits;
    text = new WatchedReader(decoded(bytes));
    try {
      reader = factory().createXMLStreamReader(text);
    } catch (XMLStreamException | RuntimeException refused) {
      throw malformed("line 1: ", refused);
    }
  }

  /** The JDK's own, whatever else there is on the class path. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setXMLResolver((publicId, systemId, base, name) -> {
      throw new XMLStreamException("Nothing outside of the file is read.");
    });
    return factory;
  }

  /**
   * F&amp;O writes UTF-16 with a mark and no declaration. Where there is no mark, the first
   * character is a bracket and tells how wide characters are; only among the charsets of one byte
   * the declaration decides, as it often names one from which a text was converted since.
   */
  private static Reader decoded(InputStream bytes) throws IOException {
    PushbackInputStream all = new PushbackInputStream(bytes, FIRST_BYTES);
    byte[] first = all.readNBytes(FIRST_BYTES);
    all.unread(first);
    return new TextReader(all, charset(first));
  }

  private static Charset charset(byte[] first) {
    if (first.length >= 2 && first[0] == '<' && first[1] == 0) {
      return StandardCharsets.UTF_16LE;
    }
    if (first.length >= 2 && first[0] == 0 && first[1] == '<') {
      return StandardCharsets.UTF_16BE;
    }
    Matcher declared = DECLARED.matcher(new String(first, StandardCharsets.ISO_8859_1));
    if (declared.lookingAt()) {
      String name = declared.group(1).toLowerCase(Locale.ROOT);
      if (ONE_BYTE.contains(name)) {
        return Charset.forName(name);
      }
    }
    return StandardCharsets.UTF_8;
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
      int event = event();
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
    return namespace.equals(reader.getNamespaceURI()) ? reader.getLocalName() : "";
  }

  /** {@return the text of the element, which is left; elements in it are passed over} */
  String text() throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      int event = event();
      if (event == XMLStreamConstants.END_ELEMENT) {
        return all.toString().strip();
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        skip();
      } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        if (all.length() + reader.getTextLength() > LONGEST_TEXT) {
          throw malformed("a text of at most %d characters was expected.".formatted(LONGEST_TEXT));
        }
        all.append(reader.getText());
      }
    }
  }

  /** Leaves the element with all that is in it. */
  void skip() throws IOException {
    int outside = depth - 1;
    while (depth > outside) {
      event();
    }
  }

  /** Sees that nothing but blanks and comments follows the root element. */
  void end() throws IOException {
    while (next()) {
      skip();
    }
  }

  private int event() throws IOException {
    text.nextToken();
    int event;
    try {
      event = reader.next();
    } catch (XMLStreamException | RuntimeException refused) {
      // The parser fails so, too, when it looks for the words of a refusal that it lacks.
      throw malformed(where(), refused);
    }
    if (event == XMLStreamConstants.DTD) {
      throw malformed("no document type was expected; F&O writes none.");
    }
    if (event == XMLStreamConstants.END_ELEMENT) {
      depth--;
    } else if (event == XMLStreamConstants.START_ELEMENT && ++depth > limits.deepestXml()) {
      throw malformed("at most %d elements within each other were expected (limit 'deepest XML')."
          .formatted(limits.deepestXml()));
    }
    return event;
  }

  private String where() {
    return "line %d, column %d: "
        .formatted(reader.getLocation().getLineNumber(), reader.getLocation().getColumnNumber());
  }

  MalformedFileException malformed(String expected) {
    return new MalformedFileException(file + ", " + where() + expected, null);
  }

  /** What is wrong with the bytes themselves, or with reading them, is told as it is. */
  private MalformedFileException malformed(String where, Exception refused) throws IOException {
    if (refused instanceof MalformedFileException ofBytes) {
      return ofBytes;
    }
    if (text.failure() != null) {
      throw text.failure();
    }
    String expected = text.refusal().isEmpty()
        ? "well-formed XML was expected. Is the file whole? Export it again."
        : text.refusal();
    return new MalformedFileException(file + ", " + where + expected, refused);
  }

  @Override
  public void close() throws IOException {
    try {
      reader.close();
    } catch (XMLStreamException unclosed) {
      throw new IOException(unclosed);
    }
  }

  /**
   * The parser keeps a name, a value or a comment whole, however long; this lets it have no more of
   * one than is sensible.
   */
  private static final class WatchedReader extends Reader {

    private static final int LONGEST_TOKEN = 4 * LONGEST_TEXT;

    private final Reader in;
    private int sinceToken;
    private String refusal = "";
    private @Nullable IOException failure;

    WatchedReader(Reader in) {
      this.in = in;
    }

    void nextToken() {
      sinceToken = 0;
    }

    /** Why no more is read of a file that breaks a rule; empty if it breaks none. */
    String refusal() {
      return refusal;
    }

    /** Why no more can be read, whatever the file has. */
    @Nullable
    IOException failure() {
      return failure;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
      if (sinceToken > LONGEST_TOKEN) {
        refusal = "a name, value or comment of at most %d characters was expected."
            .formatted(LONGEST_TOKEN);
        throw new IOException(refusal);
      }
      try {
        int count = in.read(target, offset, length);
        sinceToken += Math.max(count, 0);
        return count;
      } catch (TextReader.UndecodableException undecodable) {
        refusal = undecodable.getMessage();
        throw undecodable;
      } catch (IOException unreadable) {
        failure = unreadable;
        throw unreadable;
      }
    }

    /** The bytes are not the parser's: what follows them is checked when it is done. */
    @Override
    public void close() {}
  }
}
