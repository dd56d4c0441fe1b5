package dev.landfall.sink.jdbc;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** How records become a file, by other hands than those that read it. */
enum Written {
  COMMAS("csv"),
  SEMICOLONS("csv"),
  TABS("txt"),
  BARS("csv"),
  ELEMENTS("xml"),
  ATTRIBUTES("xml"),
  ARRAY("json"),
  OBJECT("json"),
  LINES("jsonl"),
  WORKBOOK("xlsx");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String extension;

  Written(String extension) {
    this.extension = extension;
  }

  /** {@return the name of a file that is written so} */
  String fileName() {
    return "export." + extension;
  }

  boolean isDelimited() {
    return extension.equals("csv") || extension.equals("txt");
  }

  boolean isXml() {
    return this == ELEMENTS || this == ATTRIBUTES;
  }

  /** {@return whether it can be in that encoding, if a reader is told where none can find out} */
  boolean canBe(Encoded encoding) {
    return switch (encoding) {
      case UTF_8 -> true;
      case WINDOWS -> isDelimited() || isXml();
      default -> this != WORKBOOK;
    };
  }

  /** {@return whether a value may have this character and is read with it} */
  boolean takes(int point) {
    return isDelimited()
        || extension.startsWith("json")
        || point == '\t'
        || point == '\n'
        || (point >= ' ' && point != 0xFFFE && point != 0xFFFF);
  }

  byte[] bytes(Table table, Encoded encoding) throws IOException {
    if (this == WORKBOOK) {
      return workbook(table);
    }
    String declared = isXml() && encoding == Encoded.WINDOWS
        ? "<?xml version=\"1.0\" encoding=\"windows-1252\"?>"
        : "";
    return encoding.bytes(declared + text(table));
  }

  private String text(Table table) {
    return switch (this) {
      case COMMAS -> delimited(table, ",");
      case SEMICOLONS -> delimited(table, ";");
      case TABS -> delimited(table, "\t");
      case BARS -> delimited(table, "|");
      case ELEMENTS -> xml(table, Written::elements);
      case ATTRIBUTES -> xml(table, Written::attributes);
      case ARRAY -> "[" + json(table, ",\n") + "]";
      case OBJECT -> "{\"@odata.context\":\"x\",\"value\":[" + json(table, ",") + "]}";
      case LINES -> json(table, "\n");
      case WORKBOOK -> throw new IllegalStateException("A workbook is no text.");
    };
  }

  private static String delimited(Table table, String delimiter) {
    return row(table.names(), delimiter)
        + table.rows().stream().map(row -> row(row, delimiter)).collect(Collectors.joining());
  }

  private static String row(List<? extends @Nullable String> values, String delimiter) {
    return values.stream()
        .map(value -> value == null ? "" : qualified(value))
        .collect(Collectors.joining(delimiter, "", "\r\n"));
  }

  /** Alone on its line an empty value would be an empty line. */
  private static String qualified(String value) {
    boolean plain = value.chars().noneMatch(character -> "\",;|\t\r\n".indexOf(character) >= 0);
    return plain && !value.isEmpty() ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  private static String json(Table table, String separator) {
    return table.rows().stream()
        .map(row -> JSON.valueToTree(record(table.names(), row)).toString())
        .collect(Collectors.joining(separator));
  }

  private static Map<String, String> record(List<String> names, List<@Nullable String> row) {
    Map<String, String> record = new LinkedHashMap<>();
    for (int i = 0; i < row.size(); i++) {
      String value = row.get(i);
      if (value != null) {
        record.put(names.get(i), value);
      }
    }
    return record;
  }

  private static String xml(Table table, Function<Map<String, String>, String> record) {
    return table.rows().stream()
        .map(row -> record.apply(record(table.names(), row)))
        .collect(Collectors.joining("\n", "<Document>", "</Document>"));
  }

  private static String elements(Map<String, String> record) {
    return record.entrySet().stream()
        .map(value -> "<%1$s>%2$s</%1$s>".formatted(value.getKey(), escaped(value.getValue())))
        .collect(Collectors.joining("", "<E>", "</E>"));
  }

  private static String attributes(Map<String, String> record) {
    return record.entrySet().stream()
        .map(value -> " %s=\"%s\"".formatted(value.getKey(), escaped(value.getValue())))
        .collect(Collectors.joining("", "<E", "/>"));
  }

  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("\n", "&#10;")
        .replace("\t", "&#9;");
  }

  private static byte[] workbook(Table table) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "Landfall", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("One");
      IntStream.range(0, table.names().size()).forEach(column -> column(sheet, column, table));
    }
    return bytes.toByteArray();
  }

  private static void column(Worksheet sheet, int column, Table table) {
    sheet.value(0, column, table.names().get(column));
    for (int row = 0; row < table.rows().size(); row++) {
      String value = table.rows().get(row).get(column);
      if (value != null) {
        sheet.value(row + 1, column, value);
      }
    }
  }
}
