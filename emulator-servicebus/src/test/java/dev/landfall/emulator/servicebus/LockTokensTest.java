package dev.landfall.emulator.servicebus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LockTokensTest {

  private static final UUID TOKEN = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

  @Test
  void aTagHasTheOrderOfADotNetGuid() {
    assertArrayEquals(
        HexFormat.of().parseHex("33221100554477668899aabbccddeeff"), LockTokens.toTag(TOKEN));
  }

  @Test
  void aTagReadsBackAsTheTokenItIs() {
    UUID high = UUID.fromString("ffeeddcc-bbaa-9988-7766-554433221100");
    assertEquals(TOKEN, LockTokens.ofTag(LockTokens.toTag(TOKEN)));
    assertEquals(high, LockTokens.ofTag(LockTokens.toTag(high)));
  }

  @Test
  void aTagOfAnotherLengthIsNoToken() {
    assertNull(LockTokens.ofTag(new byte[15]));
  }
}
