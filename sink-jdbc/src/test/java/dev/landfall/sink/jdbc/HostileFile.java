package dev.landfall.sink.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that begin with good records and turn out to be bad where much is on its way already. */
enum HostileFile {
  NUL_IN_A_NAME("export.csv", "Line 1, column 2: a name has no NUL character.*") {
    @Override
    byte[] bytes() {
      return utf8("ID,NA\0ME\n" + ROWS);
    }
  },
  NOT_UTF_8("export.csv", "Line 5002.*") {
    @Override
    byte[] bytes() {
      return joined(utf8("ID,NAME\n" + ROWS + "x,"), new byte[] {(byte) 0xC3, '\n'});
    }
  },
  HALF_A_CHARACTER("export.csv", "Line 5002.*") {
    @Override
    byte[] bytes() {
      byte[] whole = ("\uFEFFID,NAME\n" + ROWS + "x,y").getBytes(StandardCharsets.UTF_16LE);
      return Arrays.copyOf(whole, whole.length - 1);
    }
  },
  HALF_A_PAIR("export.csv", "Line 5002.*") {
    @Override
    byte[] bytes() {
      byte[] whole = ("\uFEFFID,NAME\n" + ROWS + "x,😀").getBytes(StandardCharsets.UTF_16BE);
      return Arrays.copyOf(whole, whole.length - 2);
    }
  },
  CUT_WITHIN_QUOTES("export.csv", "Line 5002.*") {
    @Override
    byte[] bytes() {
      return utf8("ID,NAME\n" + ROWS + "x,\"y");
    }
  },
  LONG_FIELD(
      "export.csv", "Line 5002, column 2 \\(NAME\\): a field of at most 1048576 characters.*") {
    @Override
    byte[] bytes() {
      return utf8("ID,NAME\n" + ROWS + "x," + "y".repeat(2 << 20) + "\n");
    }
  },
  CUT_XML("export.xml", "Line 5002.*") {
    @Override
    byte[] bytes() {
      return utf8("<Document>\n" + "<E ID=\"7\" NAME=\"new\"/>\n".repeat(5000) + "<E ID=\"8\"");
    }
  },
  CUT_JSON("export.json", "Line 5002.*") {
    @Override
    byte[] bytes() {
      return utf8("[\n" + "{\"ID\":\"7\",\"NAME\":\"new\"},\n".repeat(5000) + "{\"ID\":\"8");
    }
  },
  CUT_WORKBOOK("export.xlsx", "A workbook is a zip, and this zip cannot be read.*") {
    @Override
    byte[] bytes() throws IOException {
      byte[] whole = Written.WORKBOOK.bytes(Table.of("ID NAME", "1", "a"), Encoded.UTF_8);
      return Arrays.copyOf(whole, whole.length / 2);
    }
  },
  XML_BOMB("export.xml", "Line 1.*document type.*") {
    @Override
    byte[] bytes() {
      StringBuilder lols = new StringBuilder("<!DOCTYPE lolz [<!ENTITY l0 \"lol\">");
      for (int i = 1; i < 10; i++) {
        lols.append("<!ENTITY l%d \"%s\">".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
      }
      return utf8(lols + "]><Document><E><ID>9</ID><NAME>&l9;</NAME></E></Document>");
    }
  },
  OTHER_FILE("export.xml", "Line 1.*document type.*") {
    @Override
    byte[] bytes() {
      return utf8("<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>"
          + "<Document><E><ID>9</ID><NAME>&f;</NAME></E></Document>");
    }
  },
  WORKBOOK_BOMB("export.xlsx", "The entry .*sheet1.xml.* more than 200 to 1 .*") {
    @Override
    byte[] bytes() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        part(zip, "[Content_Types].xml", "<Types/>");
        part(
            zip,
            "xl/workbook.xml",
            "<workbook " + MAIN + "><sheets>"
                + "<sheet name=\"One\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
        part(
            zip,
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"" + RELATIONS + "\">"
                + "<Relationship Id=\"r1\" Type=\"" + OFFICE + "/worksheet\""
                + " Target=\"worksheets/sheet1.xml\"/></Relationships>");
        part(
            zip,
            "xl/worksheets/sheet1.xml",
            "<worksheet " + MAIN + "><sheetData>"
                + "<row>" + cell("ID") + cell("NAME") + "</row>"
                + ("<row>" + cell("7") + cell("new") + "</row>").repeat(400_000)
                + "</sheetData></worksheet>");
      }
      return bytes.toByteArray();
    }
  };

  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/package/2006/relationships";
  private static final String MAIN =
      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"" + OFFICE
          + "\"";
  private static final String ROWS = "7,new\n".repeat(5000);
  private final String fileName;
  private final String place;

  HostileFile(String fileName, String place) {
    this.fileName = fileName;
    this.place = place;
  }

  String fileName() {
    return fileName;
  }

  /** {@return what the refusal looks like} */
  String place() {
    return place;
  }

  abstract byte[] bytes() throws IOException;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static String cell(String text) {
    return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
  }

  private static void part(ZipOutputStream zip, String name, String xml) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(utf8(xml));
    zip.closeEntry();
  }
}
