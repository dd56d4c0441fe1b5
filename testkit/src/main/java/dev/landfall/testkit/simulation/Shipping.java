package dev.landfall.testkit.simulation;

import dev.landfall.event.EventId;
import dev.landfall.event.RawEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes up what F&amp;O raises in a run. */
final class Shipping {

  static final String STORAGE = "https://simulated.blob.core.windows.net";

  private final Chance chance;
  private final Instant begin;
  private final List<Integer> numbers;
  private int made;

  Shipping(Chance chance, Instant begin) {
    this.chance = chance;
    this.begin = begin;
    this.numbers = new ArrayList<>(IntStream.range(0, 100).boxed().toList());
  }

  /** {@return some events of all kinds, more often of one} */
  List<Announced> announce(int count) {
    int favourite = chance.below(5);
    List<Announced> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = chance.of(500) ? favourite : chance.below(5);
      events.add(kind == 4 ? alert() : export(kind));
    }
    return Collections.unmodifiableList(events);
  }

  private Announced export(int kind) {
    String entity =
        List.of(Routes.PLAIN, Routes.PAIR, Routes.LINE, "Of no concern").get(kind);
    String company = chance.of(200) ? Routes.COMPANY : "demf";
    Set<String> routes = new LinkedHashSet<>();
    if (kind < 3) {
      routes.add(Routes.of(entity));
    }
    if (company.equals(Routes.COMPANY)) {
      routes.add(Routes.of(Routes.PAIR));
    }
    EventId id = id();
    String path = STORAGE + "/dmf/" + id.value() + ".csv";
    Instant dies = begin
        .plusMillis(chance.of(250) ? chance.between(500, 20_000) : 3_600_000)
        .truncatedTo(ChronoUnit.SECONDS);
    String link = path + "?sv=2018-03-28&sr=b&sig=" + signature() + "&se="
        + encoded(dies.toString()) + "&sp=r";
    String json = "{\"BusinessEventId\":\"NAVAXDMFExportBusinessEvent\"," + base(id)
        + ",\"EntityName\":\"" + entity + "\",\"LegalEntity\":\"" + company
        + "\",\"DownloadURL\":\"" + link + "\"}";
    return new Announced(id, bytes(json), path, dies, records(id), routes);
  }

  private Announced alert() {
    EventId id = id();
    String json = "{\"BusinessEventId\":\"" + Routes.ALERT + "\"," + base(id) + "}";
    return new Announced(id, bytes(json), null, null, List.of(), Set.of(Routes.of(Routes.ALERT)));
  }

  /** Events are raised in another order than they are sent, some at the same time. */
  private String base(EventId id) {
    Instant time = begin.minusSeconds(chance.between(0, 5));
    String number =
        chance.of(800) ? ",\"ControlNumber\":" + numbers.remove(chance.below(numbers.size())) : "";
    return "\"EventId\":\"" + id.value() + "\",\"EventTimeIso8601\":\"" + time + "\"" + number;
  }

  private EventId id() {
    made++;
    return new EventId(
        "%08X-5EED-4000-8000-%012X".formatted(made, chance.next() & 0xFFFF_FFFFFFFFL));
  }

  private List<String> records(EventId id) {
    return IntStream.rangeClosed(1, chance.between(1, 4))
        .mapToObj(
            line -> "%s-%d,%s,text %d".formatted(id.value(), line, id.value(), chance.below(1000)))
        .toList();
  }

  /** 32 bytes in Base64, 30 of which are the mark. */
  private String signature() {
    return encoded(Announced.SIGNATURE + "%03d=".formatted(chance.below(1000)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static RawEvent bytes(String text) {
    return RawEvent.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
