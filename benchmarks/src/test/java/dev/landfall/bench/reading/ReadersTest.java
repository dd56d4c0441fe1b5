package dev.landfall.bench.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.landfall.bench.load.ExportEvent;
import dev.landfall.event.BusinessEvent;
import dev.landfall.event.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadersTest {

  private final Readers readers = new Readers();

  @Test
  void theEventHasOneKilobyteAndALongLink() throws Exception {
    assertEquals(1024, ExportEvent.bytes().length);
    assertEquals(456, readers.readTree().path("DownloadURL").asText().length());
  }

  @Test
  void theEventIsAnExportOfACurrentPlatform() {
    BusinessEvent event = readers.landfall();
    assertEquals(EventType.EXPORT, event.type().orElseThrow());
    assertEquals("1A2B3C4D-0000-1111-2222-ABCDEFABCDEF", event.id().value());
    assertEquals(Instant.parse("2030-01-01T00:05:00.1234567Z"), event.time());
    assertEquals("Vendor groups", event.entity().orElseThrow());
  }

  @Test
  void bothReadersFindAllMembersInTheirOrder() throws Exception {
    JsonNode tree = readers.readTree();
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    assertEquals(18, names.size());
    assertEquals(names, List.copyOf(readers.landfall().payload().names()));
    assertEquals(names.stream().sorted().toList(), names);
  }
}
