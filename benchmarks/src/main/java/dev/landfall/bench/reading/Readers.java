package dev.landfall.bench.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.landfall.bench.load.ExportEvent;
import dev.landfall.event.BusinessEvent;
import dev.landfall.json.EventReader;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is measured: each method reads one event, and JMH calls it over and over. */
@State(Scope.Benchmark)
public class Readers {

  private final byte[] bytes = ExportEvent.bytes();
  private final EventReader events = new EventReader();
  private final ObjectMapper mapper = new ObjectMapper();

  /** Creates the readers, once for all calls. */
  public Readers() {}

  /**
   * Reads a whole event: members kept, id and time normalised.
   *
   * @return the event, so that no part of the work can be left out
   */
  @Benchmark
  public BusinessEvent landfall() {
    return events.read(bytes);
  }

  /**
   * Reads a tree as most programs would, and looks at no member.
   *
   * @return the tree, so that no part of the work can be left out
   * @throws IOException if it is not JSON
   */
  @Benchmark
  public JsonNode readTree() throws IOException {
    return mapper.readTree(bytes);
  }
}
