package dev.landfall.emulator.servicebus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The greeting of clients other than Azure's, which give name and key at once. */
class SaslPlainTest {

  private static final byte[] PROTOCOL = {'A', 'M', 'Q', 'P', 3, 1, 0, 0};
  private static final int OUTCOME = 0x44;
  private static final int OK = 0;
  private static final int REFUSED = 1;

  @Test
  void theKeyIsAPassword() throws IOException {
    try (ServiceBusEmulator bus = ServiceBusEmulator.builder().queue("q").build()) {
      String key = bus.connectionString().replaceAll(".*SharedAccessKey=([^;]*);.*", "$1");
      assertEquals(OK, greet(bus.port(), "RootManageSharedAccessKey", key));
      assertEquals(REFUSED, greet(bus.port(), "RootManageSharedAccessKey", "wrong"));
      assertEquals(REFUSED, greet(bus.port(), "Nobody", key));
    }
  }

  /** {@return the code of the outcome} The frames are those of AMQP 1.0, part 5.3. */
  private static int greet(int port, String name, String key) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(PROTOCOL);
      socket.getOutputStream().write(init("\0" + name + "\0" + key));
      var in = new DataInputStream(socket.getInputStream());
      in.readNBytes(PROTOCOL.length);
      while (true) {
        byte[] frame = in.readNBytes(in.readInt() - Integer.BYTES);
        // Of 4 bytes head, 3 of the type, then a list of size, count and one byte with its type.
        if (frame[6] == OUTCOME) {
          return frame[11];
        }
      }
    }
  }

  private static byte[] init(String response) {
    var list = new ByteArrayOutputStream();
    item(list, 0xA3, "PLAIN");
    item(list, 0xA0, response);
    byte[] items = list.toByteArray();
    return ByteBuffer.allocate(8 + 6 + items.length)
        .putInt(8 + 6 + items.length)
        .put(new byte[] {2, 1, 0, 0})
        .put(new byte[] {0, 0x53, 0x41, (byte) 0xC0, (byte) (items.length + 1), 2})
        .put(items)
        .array();
  }

  private static void item(ByteArrayOutputStream list, int type, String value) {
    list.write(type);
    list.write(value.length());
    list.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }
}
