package dev.landfall.bench.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A data export event as a current platform sends it: every base member in alphabetical order, and
 * a user-delegation link, which makes up nearly half of it.
 *
 * <p>The structure is real, all values are invented.
 */
public final class ExportEvent {

  /** In bytes; what the figures are about. */
  public static final int LENGTH = 1024;

  /** The id in {@link #bytes}; each event that is sent has another in its place. */
  static final String ID = "1A2B3C4D-0000-1111-2222-ABCDEFABCDEF";

  /** The control number in {@link #bytes}; those of the events that are sent count up from it. */
  static final long CONTROL_NUMBER = 5637150001L;

  private static final String STORAGE = "https://d365fo0a1b2c3d4e5f.blob.core.windows.net";

  private static final String FILE = "dmf/Vendor%20gr%7B00000000AAAABBBBCCCCDDDDEEEEFFFF%7D.csv";

  private static final String PERMISSION = "?skoid=0f0e0d0c-1111-2222-3333-444455556666"
      + "&sktid=a0b0c0d0-7777-8888-9999-aaaabbbbcccc"
      + "&skt=2030-01-01T00%3A00%3A00Z&ske=2030-01-01T01%3A05%3A00Z&sks=b&skv=2024-11-04"
      + "&sv=2024-11-04&spr=https&st=2030-01-01T00%3A00%3A00Z&se=2030-01-01T01%3A05%3A00Z"
      + "&sr=b&sp=r&scid=bcbcbcbc-5555-6666-7777-cdcdcdcdcdcd"
      + "&sig=AbCdEfGhIjKlMnOpQrStUvWxYz0123456789%2BaBcDeF%3D";

  private static final String LINK = STORAGE + "/" + FILE + PERMISSION;

  private static final String TEXT = "{\"BusinessEventId\":\"NAVAXDMFExportBusinessEvent\","
      + "\"BusinessEventLegalEntity\":\"USMF\",\"ContextRecordSubject\":\"\","
      + "\"ControlNumber\":" + CONTROL_NUMBER + ",\"DownloadURL\":\"" + LINK + "\","
      + "\"EntityName\":\"Vendor groups\","
      + "\"EventId\":\"" + ID + "\","
      + "\"EventTime\":\"/Date(1893456300000)/\","
      + "\"EventTimeIso8601\":\"2030-01-01T00:05:00.1234567Z\","
      + "\"InitiatingUserAADObjectId\":\"{0F1E2D3C-4444-5555-6666-777788889999}\","
      + "\"LegalEntity\":\"usmf\",\"MajorVersion\":0,\"MinorVersion\":0,\"NoOfRecords\":40,"
      + "\"OperationType\":\"Export\",\"ParentContextRecordSubjects\":[],"
      + "\"ProjectCategory\":\"Integration\",\"RecId\":68719400001}";

  private ExportEvent() {}

  /** {@return the event, of {@link #LENGTH} bytes} */
  public static byte[] bytes() {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    if (bytes.length != LENGTH) {
      throw new IllegalStateException("The event that is measured has %d bytes; this one has %d."
          .formatted(LENGTH, bytes.length));
    }
    return bytes;
  }

  /**
   * {@return the event with a file that can be fetched here}
   *
   * @param storage where files are, such as {@code http://127.0.0.1:40123}
   */
  public static byte[] bytes(URI storage) {
    return TEXT.replace(STORAGE, storage.toString()).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * {@return the event with a certain file that can be fetched here}
   *
   * @param storage where files are, such as {@code http://127.0.0.1:40123}
   * @param path of the file, without a slash before it
   */
  public static byte[] bytes(URI storage, String path) {
    return TEXT.replace(LINK, link(storage, path)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * {@return a link to a file that can be fetched here, with the permission of the event's}
   *
   * @param storage where files are, such as {@code http://127.0.0.1:40123}
   * @param path of the file, without a slash before it
   */
  public static String link(URI storage, String path) {
    return storage + "/" + path + PERMISSION;
  }
}
