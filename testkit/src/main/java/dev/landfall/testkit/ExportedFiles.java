package dev.landfall.testkit;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.FileFormat;
import dev.landfall.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Exported files for tests, each with the event that announced it, as if just downloaded into one
 * folder.
 *
 * <p>A value: {@code with} methods answer a changed copy. The event has a {@code DownloadURL} with
 * the signature {@link #SIGNATURE}, so that a test can tell whether it leaks.
 *
 * <pre>{@code
 * ExportedFiles vendors = ExportedFiles.in(folder).withEntity("Vendors");
 * ExportedFile file = vendors.csv("VENDOR,NAME\n1,Fabrikam\n");
 * }</pre>
 */
public final class ExportedFiles {

  /** The secret part of the link in every event made here. */
  public static final String SIGNATURE = "c2lnbmF0dXJlLXRoYXQtbXVzdC1uZXZlci1sZWFrISE";

  private final Path folder;
  private final String eventId;
  private final String entity;
  private final String legalEntity;
  private final Instant time;

  private ExportedFiles(
      Path folder, String eventId, String entity, String legalEntity, Instant time) {
    this.folder = folder;
    this.eventId = eventId;
    this.entity = entity;
    this.legalEntity = legalEntity;
    this.time = time;
  }

  /**
   * Begins with an event of customer groups in {@code usmf}.
   *
   * @param folder where the bytes are written, each file under a name of its own; must exist
   * @return what makes files
   */
  public static ExportedFiles in(Path folder) {
    return new ExportedFiles(
        folder,
        "5F2B0D6E-94B5-4E10-A3C1-0B8E6D7C9A01",
        "Customer groups",
        "usmf",
        Instant.parse("2026-03-01T08:15:30Z"));
  }

  /**
   * {@return a copy for another event}
   *
   * @param id its {@code EventId}
   */
  public ExportedFiles withEventId(String id) {
    return new ExportedFiles(folder, id, entity, legalEntity, time);
  }

  /**
   * {@return a copy for another entity}
   *
   * @param label its {@code EntityName}
   */
  public ExportedFiles withEntity(String label) {
    return new ExportedFiles(folder, eventId, label, legalEntity, time);
  }

  /**
   * {@return a copy for another company}
   *
   * @param company its {@code BusinessEventLegalEntity}
   */
  public ExportedFiles withLegalEntity(String company) {
    return new ExportedFiles(folder, eventId, entity, company, time);
  }

  /**
   * {@return a copy for another time}
   *
   * @param at its {@code EventTimeIso8601}
   */
  public ExportedFiles withTime(Instant at) {
    return new ExportedFiles(folder, eventId, entity, legalEntity, at);
  }

  /**
   * Makes a file called {@code export.csv}.
   *
   * @param text written in UTF-8
   * @return the file
   * @throws IOException if the folder cannot be written
   */
  public ExportedFile csv(String text) throws IOException {
    return named("export.csv", text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes a file of the format that its name tells.
   *
   * @param name what it is called at its source; may be hostile, as it is not its name on disk
   * @param bytes its content
   * @return the file
   * @throws IOException if the folder cannot be written
   */
  public ExportedFile named(String name, byte[] bytes) throws IOException {
    return named(name, FileFormat.ofName(name), bytes);
  }

  /**
   * Makes a file.
   *
   * @param name what it is called at its source; may be hostile, as it is not its name on disk
   * @param format what is known of its bytes, whatever its name tells
   * @param bytes its content
   * @return the file
   * @throws IOException if the folder cannot be written
   */
  public ExportedFile named(String name, FileFormat format, byte[] bytes) throws IOException {
    Path path = Files.write(Files.createTempFile(folder, "exported-", ".bin"), bytes);
    return new ExportedFile(event(), "exports", name, format, bytes.length, Sha256.of(bytes), path);
  }

  /** {@return the event of the files made here} */
  public BusinessEvent event() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("EventId", eventId);
    members.put("BusinessEventId", "NAVAXDMFExportBusinessEvent");
    members.put("BusinessEventLegalEntity", legalEntity);
    members.put("EventTimeIso8601", time.toString());
    members.put("EntityName", entity);
    members.put(
        "DownloadURL",
        "https://example.blob.core.windows.net/dmf/export.csv?sv=2018-03-28&sr=b&sp=r&sig="
            + SIGNATURE
            + "%3D&se=2099-01-01T00%3A00%3A00Z");
    return BusinessEvent.of(Payload.of(members));
  }
}
