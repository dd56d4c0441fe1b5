package dev.landfall.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.FolderSink;
import dev.landfall.Pipeline;
import dev.landfall.Route;
import dev.landfall.download.HostPolicy;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.emulator.BusSender;
import dev.landfall.emulator.DataProject;
import dev.landfall.emulator.Delivery;
import dev.landfall.emulator.Endpoint;
import dev.landfall.emulator.Export;
import dev.landfall.emulator.FinopsEmulator;
import dev.landfall.emulator.data.Entities;
import dev.landfall.emulator.servicebus.BusMessage;
import dev.landfall.emulator.servicebus.ServiceBusEmulator;
import dev.landfall.event.EventFilters;
import dev.landfall.file.Sha256;
import dev.landfall.transport.servicebus.ServiceBusSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An emulated environment sends to an emulated Service Bus, and pipelines land what comes out. */
@Timeout(90)
class ServiceBusEndToEndTest {

  private static final String QUEUE = "d365-events";
  private static final String TOPIC = "finance";
  private static final byte[] GIVEN =
      "\uFEFFCUSTOMERGROUPID,DESCRIPTION\r\n10,\"Gr\u00F6\u00DFe\n\"\r\n"
          .getBytes(StandardCharsets.UTF_8);

  @TempDir
  Path folder;

  private final ServiceBusEmulator bus = ServiceBusEmulator.builder()
      .queue(QUEUE)
      .topic(TOPIC)
      .subscription(TOPIC, "files")
      .subscription(TOPIC, "archive")
      .build();
  private final FinopsEmulator finops =
      FinopsEmulator.builder().retryPause(Duration.ofMillis(5)).start();

  @AfterEach
  void stop() {
    finops.close();
    bus.close();
  }

  private BusSender sendingTo(String entity) {
    return (body, properties) -> bus.send(entity, BusMessage.of(body).withProperties(properties));
  }

  private Pipeline pipeline(ServiceBusSource source, String name, Ends ends) {
    return Pipeline.from(source)
        .route(Route.named(name)
            .when(EventFilters.type("NAVAXDMFExportBusinessEvent"))
            .fetch(PayloadUrlLocator.field("DownloadURL"))
            .store(FolderSink.at(folder.resolve(name)).key("{eventId}.{format}")))
        .hosts(HostPolicy.nothing().trust(finops.address()))
        .spool(folder.resolve("spool-" + name))
        .listener(ends)
        .build();
  }

  private DataProject project() throws IOException {
    Path given = Files.write(folder.resolve("given.csv"), GIVEN);
    return DataProject.named("nightly")
        .entity(Entities.customersV3(), 50)
        .file("Customer groups", given, 1);
  }

  private void assertLanded(List<Export> exports, String name) throws Exception {
    for (Export export : exports) {
      byte[] stored = Files.readAllBytes(folder.resolve(name).resolve(export.eventId() + ".csv"));
      assertEquals(export.sha256(), Sha256.of(stored).hex());
      assertTrue(export.outcome().get(10, TimeUnit.SECONDS).stream().allMatch(Delivery::accepted));
    }
    assertArrayEquals(
        GIVEN, Files.readAllBytes(folder.resolve(name).resolve(exports.get(1).eventId() + ".csv")));
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      assertEquals(exports.size(), files.count());
    }
  }

  private void awaitCompleted(String entity, int messages) {
    while (bus.completed(entity) < messages) {
      Thread.onSpinWait();
    }
    assertEquals(0, bus.count(entity));
    assertEquals(List.of(), bus.deadLetters(entity));
  }

  @Test
  void exportsThatAreAnnouncedToAQueueLandByteForByteAndOnceEach() throws Exception {
    var ends = new Ends();
    try (Pipeline pipeline =
        pipeline(ServiceBusSource.queue(bus.connectionString(), QUEUE).build(), "files", ends)) {
      assertTrue(finops.activate(Endpoint.queue(QUEUE, sendingTo(QUEUE))).accepted());
      pipeline.start();
      List<Export> exports = finops.export(project());
      ends.await(2);
      finops.redeliver(exports.get(0).eventId()).get(10, TimeUnit.SECONDS);
      // The test event, two exports, and one of them again.
      awaitCompleted(QUEUE, 4);
      assertLanded(exports, "files");
    }
  }

  @Test
  void whatABusRefusesAtFirstLandsWithALaterTry() throws Exception {
    var ends = new Ends();
    var tries = new AtomicInteger();
    BusSender sender = sendingTo(QUEUE);
    try (Pipeline pipeline =
        pipeline(ServiceBusSource.queue(bus.connectionString(), QUEUE).build(), "files", ends)) {
      pipeline.start();
      finops.endpoint(Endpoint.queue(QUEUE, (body, properties) -> {
        if (tries.getAndIncrement() % 2 == 0) {
          throw new IOException("The bus is busy.");
        }
        sender.send(body, properties);
      }));
      List<Export> exports = finops.export(project());
      ends.await(2);
      awaitCompleted(QUEUE, 2);
      assertLanded(exports, "files");
      assertEquals(4, finops.deliveries().stream().mapToInt(Delivery::attempts).sum());
      assertEquals(List.of(), finops.errorLog());
    }
  }

  /** As Dataverse sends events for F&amp;O, and as .NET's older clients send texts. */
  @Test
  void exportsLandWhateverTheirEventsAreWrappedIn() throws Exception {
    var ends = new Ends();
    var sent = new AtomicInteger();
    try (Pipeline pipeline =
        pipeline(ServiceBusSource.queue(bus.connectionString(), QUEUE).build(), "files", ends)) {
      pipeline.start();
      finops.endpoint(Endpoint.queue(
          QUEUE,
          (body, properties) -> bus.send(
              QUEUE,
              BusMessage.of(
                  sent.getAndIncrement() % 2 == 0 ? inContext(body) : asSerializedString(body)))));
      List<Export> exports = finops.export(project());
      ends.await(2);
      awaitCompleted(QUEUE, 2);
      assertLanded(exports, "files");
    }
  }

  private static byte[] inContext(byte[] event) {
    return """
        {"MessageName":"mserp_BusinessEvent","OperationCreatedOn":"/Date(1893456300000+0000)/",
         "InputParameters":[{"key":"BusinessEvent","value":%s}]}
        """.formatted(new String(event, StandardCharsets.UTF_8))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] asSerializedString(byte[] event) {
    byte[] start = "@\u0006string\b3http://schemas.microsoft.com/2003/10/Serialization/"
        .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(start.length + 3 + event.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(start)
        // A text of up to 64 KiB, with which its element ends.
        .put((byte) 0x9B)
        .putShort((short) event.length)
        .put(event)
        .array();
  }

  @Test
  void eachSubscriptionOfATopicLandsAllExports() throws Exception {
    var files = new Ends();
    var archive = new Ends();
    try (Pipeline first = pipeline(subscription("files"), "files", files);
        Pipeline second = pipeline(subscription("archive"), "archive", archive)) {
      first.start();
      second.start();
      assertTrue(finops.activate(Endpoint.topic(TOPIC, sendingTo(TOPIC))).accepted());
      List<Export> exports = finops.export(project());
      files.await(2);
      archive.await(2);
      for (String name : List.of("files", "archive")) {
        awaitCompleted(ServiceBusEmulator.subscription(TOPIC, name), 3);
        assertLanded(exports, name);
      }
    }
  }

  private ServiceBusSource subscription(String name) {
    return ServiceBusSource.subscription(bus.connectionString(), TOPIC, name).build();
  }
}
