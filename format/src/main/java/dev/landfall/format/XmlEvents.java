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
 * The events of one XML text from outside, without what an attack would need.
 *
 * <p>A document type is refused, and with it entities of one's own, inside or elsewhere; nothing is
 * fetched. Elements within each other are counted, and no token is longer than is told.
 *
 * <p>Source: <a href="https://www.w3.org/TR/xml/">XML 1.0</a>, its section 4.3.3 and appendix F for
 * encodings.
 */
final class XmlEvents implements AutoCloseable {

  private static final int FIRST_BYTES = 256;
  private static final Pattern DECLARED =
      Pattern.compile("<\\?xml[^>]{1,200}encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
  private static final String TOO_MANY_ATTRIBUTES = "JAXP00010002";
  private static final Set<String> ONE_BYTE = Set.of("iso-8859-1", "us-ascii", "windows-1252");

  private final Refusal refusal;
  private final int deepest;
  private final int mostAttributes;
  private final WatchedReader text;
  private final XMLStreamReader reader;
  private int depth;

  /** Makes the refusal of a text, with its place. */
  interface Refusal {
    MalformedFileException at(long line, long column, String expected, @Nullable Throwable cause);
  }

  /**
   * Begins before the first event.
   *
   * @param deepest elements within each other
   * @param longestToken characters of a name, a tag, a piece of text or a comment
   * @param mostAttributes of one element
   */
  XmlEvents(InputStream bytes, int deepest, int longestToken, int mostAttributes, Refusal refusal)
      throws IOException {
    this.deepest = deepest;
    this.mostAttributes = mostAttributes;
    this.refusal = refusal;
    text = new WatchedReader(decoded(bytes), longestToken);
    try {
      reader = factory(mostAttributes).createXMLStreamReader(text);
    } catch (XMLStreamException | RuntimeException refused) {
      throw malformed(1, 1, refused);
    }
  }

  /** The JDK's own, whatever else there is on the class path. */
  private static XMLInputFactory factory(int mostAttributes) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    // JDKs differ in their own limit.
    factory.setProperty("jdk.xml.elementAttributeLimit", mostAttributes);
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
    Charset wide = UnicodeText.charsetOf(first);
    if (!wide.equals(StandardCharsets.UTF_8)) {
      return wide;
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

  /** {@return the next event, one of {@link XMLStreamConstants}} */
  int next() throws IOException {
    text.nextToken();
    int event;
    try {
      event = reader.next();
    } catch (XMLStreamException | RuntimeException refused) {
      // The parser fails so, too, when it looks for the words of a refusal that it lacks.
      throw malformed(line(), column(), refused);
    }
    if (event == XMLStreamConstants.DTD) {
      throw malformed("no document type was expected; F&O writes none.");
    }
    if (event == XMLStreamConstants.END_ELEMENT) {
      depth--;
    } else if (event == XMLStreamConstants.START_ELEMENT && ++depth > deepest) {
      throw malformed("at most %d elements within each other were expected (limit 'deepest XML')."
          .formatted(deepest));
    }
    return event;
  }

  /** {@return what tells about the event} */
  XMLStreamReader event() {
    return reader;
  }

  /** {@return whether the event is text, within CDATA or not} */
  static boolean isText(int event) {
    return event == XMLStreamConstants.CHARACTERS
        || event == XMLStreamConstants.CDATA
        || event == XMLStreamConstants.SPACE;
  }

  /** {@return whether the text of the event is blank} */
  boolean isBlank() {
    char[] characters = reader.getTextCharacters();
    int end = reader.getTextStart() + reader.getTextLength();
    for (int i = reader.getTextStart(); i < end; i++) {
      if (characters[i] > ' ') {
        return false;
      }
    }
    return true;
  }

  /** Adds the text of the event. */
  void appendTo(StringBuilder all) {
    all.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
  }

  /** {@return in how many elements the event is, an element that starts or has ended left out} */
  int depth() {
    return depth;
  }

  /** Leaves the element that was entered last, with all that is in it. */
  void skip() throws IOException {
    int outside = depth - 1;
    while (depth > outside) {
      next();
    }
  }

  /** {@return the line on which the event ends and the next begins, from 1} */
  long line() {
    return reader.getLocation().getLineNumber();
  }

  private long column() {
    return reader.getLocation().getColumnNumber();
  }

  /** {@return the refusal of what was read last} */
  MalformedFileException malformed(String expected) {
    return refusal.at(line(), column(), expected, null);
  }

  /** What is wrong with the bytes themselves, or with reading them, is told as it is. */
  private MalformedFileException malformed(long line, long column, Exception refused)
      throws IOException {
    if (refused instanceof MalformedFileException ofBytes) {
      return ofBytes;
    }
    if (text.failure() != null) {
      throw text.failure();
    }
    String expected = text.refusal().isEmpty() ? expected(refused) : text.refusal();
    return refusal.at(line, column, expected, refused);
  }

  private String expected(Exception refused) {
    return String.valueOf(refused.getMessage()).contains(TOO_MANY_ATTRIBUTES)
        ? "at most %d attributes at an element were expected.".formatted(mostAttributes)
        : "well-formed XML was expected. Is the file whole? Export it again.";
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

    private final Reader in;
    private final int longestToken;
    private long sinceToken;
    private String refusal = "";
    private @Nullable IOException failure;

    WatchedReader(Reader in, int longestToken) {
      this.in = in;
      this.longestToken = longestToken;
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
      if (sinceToken > longestToken) {
        refusal = "a name, value or comment of at most %d characters was expected."
            .formatted(longestToken);
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
