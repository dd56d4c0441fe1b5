package dev.landfall.sink.s3;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.landfall.event.BusinessEvent;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.KeyTemplate;
import dev.landfall.file.Receipt;
import dev.landfall.file.Sha256;
import dev.landfall.sink.s3.S3Sink.Stored;
import dev.landfall.spi.FileSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Stores the objects of a file, and then a document that names them.
 *
 * <p>It holds nothing that differs from one try to the next, so a repeated run finds its document.
 */
final class RunManifest implements FileSink {

  private static final JsonFactory JSON = new JsonFactory();

  private final S3Sink objects;
  private final KeyTemplate key;
  private final UnaryOperator<FileSink> way;

  RunManifest(S3Sink objects, KeyTemplate key, UnaryOperator<FileSink> way) {
    this.objects = objects;
    this.key = key;
    this.way = way;
  }

  @Override
  public String name() {
    return way.apply(objects).name() + " with " + key;
  }

  @Override
  public void check() throws Exception {
    way.apply(objects).check();
  }

  @Override
  public Receipt store(ExportedFile file) throws Exception {
    Recorder recorder = new Recorder(objects);
    Receipt receipt = way.apply(recorder).store(file);
    String document = objects.putDocument(key, document(file, recorder.entries), file);
    return new Receipt(
        receipt.location() + "; " + document, receipt.length(), receipt.recordCount());
  }

  private record Entry(ExportedFile file, Stored stored) {}

  /** The sink of objects as it is for one file, which remembers what it stored. */
  private record Recorder(S3Sink objects, List<Entry> entries) implements FileSink {

    Recorder(S3Sink objects) {
      this(objects, Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public String name() {
      return objects.name();
    }

    @Override
    public Receipt store(ExportedFile file) throws IOException, InterruptedException {
      Stored stored = objects.put(file);
      entries.add(new Entry(file, stored));
      return Receipt.of(stored.address(), file);
    }
  }

  private static byte[] document(ExportedFile file, List<Entry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeNumberField("version", 1);
      writeEvent(json, file.event());
      json.writeObjectFieldStart("file");
      writeFile(json, file.name(), file.length(), file.sha256());
      json.writeEndObject();
      json.writeArrayFieldStart("entries");
      for (Entry entry : entries) {
        write(json, entry);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeEvent(JsonGenerator json, BusinessEvent event) throws IOException {
    json.writeObjectFieldStart("event");
    json.writeStringField("id", event.id().value());
    json.writeStringField("entity", event.entity().orElse(null));
    json.writeStringField(
        "legalEntity", event.legalEntity().map(Object::toString).orElse(null));
    json.writeStringField("time", event.time().toString());
    json.writeEndObject();
  }

  private static void writeFile(JsonGenerator json, String name, long length, Sha256 digest)
      throws IOException {
    json.writeStringField("name", name);
    json.writeNumberField("length", length);
    json.writeStringField("sha256", digest.hex());
  }

  private static void write(JsonGenerator json, Entry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("url", entry.stored().address());
    json.writeBooleanField("mandatory", true);
    json.writeObjectFieldStart("meta");
    json.writeNumberField("content_length", entry.stored().length());
    json.writeEndObject();
    json.writeStringField("encoding", entry.stored().encoding());
    json.writeStringField("entity", entry.file().event().entity().orElse(null));
    json.writeObjectFieldStart("file");
    writeFile(json, entry.file().name(), entry.file().length(), entry.file().sha256());
    json.writeEndObject();
    json.writeEndObject();
  }
}
