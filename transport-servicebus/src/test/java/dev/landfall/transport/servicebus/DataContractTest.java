package dev.landfall.transport.servicebus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Bodies as .NET's {@code DataContractSerializer} writes them, and what only looks so. */
class DataContractTest {

  private static final String SPACE = "http://schemas.microsoft.com/2003/10/Serialization/";

  private static byte[] wrapped(String type, String... recordsInHex) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x40);
    bytes.write(type.length());
    bytes.writeBytes(type.getBytes(UTF_8));
    bytes.write(0x08);
    bytes.write(SPACE.length());
    bytes.writeBytes(SPACE.getBytes(UTF_8));
    for (String record : recordsInHex) {
      bytes.writeBytes(HexFormat.of().parseHex(record));
    }
    return bytes.toByteArray();
  }

  private static String unwrapped(String type, String... recordsInHex) {
    return new String(DataContract.unwrap(wrapped(type, recordsInHex)), UTF_8);
  }

  @Test
  void aTextIsUnwrappedWhateverItsLength() {
    assertEquals("{}", unwrapped("string", "9902" + "7b7d"));
    assertEquals("{}", unwrapped("string", "9b0200" + "7b7d"));
    assertEquals("{}", unwrapped("string", "9d02000000" + "7b7d"));
    assertEquals("{}", unwrapped("string", "9802" + "7b7d", "01"));
    assertEquals("{\"a\"}", unwrapped("string", "9a0200" + "7b22", "9903" + "61227d"));
    assertEquals("Ä", unwrapped("string", "9902" + "c384"));
  }

  @Test
  void bytesAreUnwrapped() {
    assertEquals("{}", unwrapped("base64Binary", "9f02" + "7b7d"));
    assertEquals("{}", unwrapped("base64Binary", "9e01" + "7b", "9f01" + "7d"));
    assertEquals("{}", unwrapped("base64Binary", "a10200" + "7b7d"));
    assertEquals("{}", unwrapped("base64Binary", "a302000000" + "7b7d"));
  }

  @Test
  void whatIsNotWhollyOfThisFormStaysAsItIs() {
    byte[] plain = "{\"a\":1}".getBytes(UTF_8);
    assertSame(plain, DataContract.unwrap(plain));
    for (String record : new String[] {
      "",
      "99",
      "9903" + "7b7d",
      "9902" + "7b7d" + "00",
      "9802" + "7b7d",
      "9d" + "ffffffff",
      "77",
      "9b02"
    }) {
      byte[] broken = wrapped("string", record);
      assertArrayEquals(broken, DataContract.unwrap(broken), record);
    }
  }
}
