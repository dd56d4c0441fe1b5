package dev.landfall.format;

import dev.landfall.file.ExportedFile;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The records of one XML file. */
final class XmlRecords implements RecordFormat.Records {

  /** Attributes of these tell about XML itself. */
  private static final Set<String> NO_VALUES =
      Set.of(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, XMLConstants.XML_NS_URI);

  private final XmlElements elements;
  private final XmlEvents xml;
  private final NamedValues values;
  private final StringBuilder text = new StringBuilder();

  XmlRecords(XmlElements elements, NamedValues values) {
    this.elements = elements;
    this.xml = elements.xml();
    this.values = values;
  }

  /** {@return the names of all records of a file, which is read to its end} */
  static Columns columnsOf(ExportedFile file, RecordLimits limits) throws IOException {
    Columns columns = new Columns();
    try (XmlElements elements = XmlElements.open(file, limits)) {
      while (elements.next()) {
        if (elements.isOfKind()) {
          addNames(elements.xml(), columns, limits);
        } else {
          elements.xml().skip();
        }
      }
    }
    return columns;
  }

  private static void addNames(XmlEvents xml, Columns columns, RecordLimits limits)
      throws IOException {
    XMLStreamReader event = xml.event();
    for (int i = 0; i < event.getAttributeCount(); i++) {
      if (isValue(event, i)) {
        add(event.getAttributeLocalName(i), xml, columns, limits);
      }
    }
    for (int next = xml.next(); next != XMLStreamConstants.END_ELEMENT; next = xml.next()) {
      if (next == XMLStreamConstants.START_ELEMENT) {
        add(event.getLocalName(), xml, columns, limits);
        xml.skip();
      }
    }
  }

  private static void add(String name, XmlEvents xml, Columns columns, RecordLimits limits) {
    if (columns.add(name) && columns.names().size() > limits.mostColumns()) {
      throw xml.malformed(limits.tooManyColumns());
    }
  }

  private static boolean isValue(XMLStreamReader event, int attribute) {
    String namespace = event.getAttributeNamespace(attribute);
    return namespace == null || !NO_VALUES.contains(namespace);
  }

  @Override
  public List<String> names() {
    return values.names();
  }

  @Override
  public @Nullable ExportedRecord next() throws IOException {
    while (elements.next()) {
      readRecord();
      ExportedRecord record = values.end();
      if (record != null) {
        return record;
      }
    }
    return null;
  }

  private void readRecord() throws IOException {
    XMLStreamReader event = xml.event();
    values.begin(elements.line());
    if (!elements.isOfKind()) {
      values.fault("a record called %s as the first was expected, and this one is called %s."
          .formatted(Columns.shortened(elements.kind()), Columns.shortened(event.getLocalName())));
    }
    for (int i = 0; i < event.getAttributeCount(); i++) {
      if (isValue(event, i)) {
        values.put(event.getAttributeLocalName(i), event.getAttributeValue(i));
      }
    }
    for (int next = xml.next(); next != XMLStreamConstants.END_ELEMENT; next = xml.next()) {
      if (next == XMLStreamConstants.START_ELEMENT) {
        readField();
      } else if (XmlEvents.isText(next) && !xml.isBlank()) {
        values.mendable(
            "values in elements or attributes were expected, and there is text between" + " them.");
      }
    }
  }

  private void readField() throws IOException {
    String name = xml.event().getLocalName();
    boolean nil = readAttributes(name);
    text.setLength(0);
    for (int next = xml.next(); next != XMLStreamConstants.END_ELEMENT; next = xml.next()) {
      if (next == XMLStreamConstants.START_ELEMENT) {
        values.fault("values without elements in them were expected, and %s has %s in it."
            .formatted(Columns.shortened(name), Columns.shortened(xml.event().getLocalName())));
        xml.skip();
      } else if (XmlEvents.isText(next)) {
        values.checkField(name, (long) text.length() + xml.event().getTextLength());
        xml.appendTo(text);
      }
    }
    values.put(name, nil && text.length() == 0 ? null : text.toString());
  }

  /** {@return whether they tell that there is no value} */
  private boolean readAttributes(String name) {
    XMLStreamReader event = xml.event();
    for (int i = 0; i < event.getAttributeCount(); i++) {
      if (isValue(event, i)) {
        values.mendable("values without attributes were expected, and %s has %s."
            .formatted(Columns.shortened(name), Columns.shortened(event.getAttributeLocalName(i))));
      }
    }
    String nil = event.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil");
    return nil != null && (nil.equals("true") || nil.equals("1"));
  }

  @Override
  public void close() throws IOException {
    elements.close();
  }
}
