package dev.landfall.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Headers;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.RawEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts of the JSONTestSuite by Nicolas Seriot, read in place: {@code y_} is JSON, {@code n_} is
 * not, and {@code i_} may be taken either way.
 */
@Timeout(20)
class JsonTestSuiteTest {

  private final EventReader reader = new EventReader();

  static Stream<Path> valid() throws IOException {
    return texts("y_");
  }

  static Stream<Path> invalid() throws IOException {
    return texts("n_");
  }

  static Stream<Path> either() throws IOException {
    return texts("i_");
  }

  private static Stream<Path> texts(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(suite())) {
      List<Path> texts = files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(prefix))
          .sorted()
          .toList();
      return texts.stream();
    }
  }

  private static Path suite() {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path folder = up.resolve("shared/data/json-test-suite");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return Assumptions.abort("No folder shared/data/json-test-suite beside the project.");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void whatIsJsonIsReadAsTheValueOfAMember(Path text) throws IOException {
    BusinessEvent event = reader.read(asMember(text));
    assertTrue(event.payload().has("it"));
    assertEquals(event, reader.read(new EventWriter().write(event)), "Printed and read again");
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void whatIsNoJsonIsRefusedAsTheValueOfAMember(Path text) throws IOException {
    byte[] member = asMember(text);
    assertThrows(MalformedEventException.class, () -> reader.read(member));
    for (Reading reading : reader.readAll(RawEvent.of(member), Headers.none())) {
      assertInstanceOf(Reading.Refused.class, reading);
    }
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void whatIsNoJsonIsRefusedAsAWholeDelivery(Path text) throws IOException {
    byte[] whole = Files.readAllBytes(text);
    assertThrows(MalformedEventException.class, () -> reader.read(whole));
    assertTrue(reader.readAll(RawEvent.of(whole), Headers.none()).stream()
        .allMatch(Reading.Refused.class::isInstance));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void whatIsNoJsonLeavesTheEventBeforeItInABatchAlone(Path text) throws IOException {
    List<Reading> readings = reader.readAll(
        RawEvent.of(around("[{\"EventId\":\"e\",\"EventTime\":\"/Date(0)/\"},", text, "]")),
        Headers.none());
    assertInstanceOf(Reading.Read.class, readings.get(0));
    assertTrue(readings.stream().skip(1).allMatch(Reading.Refused.class::isInstance));
  }

  @ParameterizedTest
  @MethodSource("either")
  void whatMayBeTakenEitherWayIsReadOrRefused(Path text) throws IOException {
    List<Reading> readings = reader.readAll(RawEvent.of(asMember(text)), Headers.none());
    if (readings.get(0) instanceof Reading.Read read) {
      assertEquals(read.event(), reader.read(new EventWriter().write(read.event())));
    }
  }

  @Test
  void theSuiteIsThereAsAWhole() throws IOException {
    assertTrue(valid().count() > 90 && invalid().count() > 180 && either().count() > 30);
  }

  private static byte[] asMember(Path text) throws IOException {
    return around("{\"EventId\":\"e\",\"EventTime\":\"/Date(0)/\",\"it\":", text, "}");
  }

  private static byte[] around(String before, Path text, String after) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(before.getBytes(StandardCharsets.UTF_8));
    bytes.write(Files.readAllBytes(text));
    bytes.write(after.getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }
}
