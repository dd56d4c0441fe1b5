package dev.landfall.testkit;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Payload;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A sound event with one member gone, cut, of another kind or of what nobody should send. */
final class DamagedEvents {

  private static final int LONG = 200_000;

  private static final List<@Nullable Object> VALUES = Arrays.asList(
      null,
      "",
      " ",
      "\0",
      "\uD83D",
      "x",
      "%",
      "%zz",
      "{\"a\":",
      "null",
      "/",
      "..",
      "../../etc/passwd",
      "file:///etc/passwd",
      "ftp://host/file.csv",
      "http://",
      "https://",
      "https:///file.csv",
      "https://[::1",
      "https://user:password@host/file.csv",
      "https://host:99999999/file.csv",
      "https://h\u00F6st/%00%ff.csv?se=%",
      "https://host/file.csv?se=",
      "https://host/file.csv?se=9999999999-99-99",
      "https://host/file.csv?se=-2030-01-01T00:00:00Z&se=2030-01-01",
      "https://host/file.csv?se=%2B999999999-12-31T23%3A59%3A59Z",
      "https://host/?" + "&se=".repeat(LONG / 4),
      "https://host/" + "{".repeat(LONG),
      "https://host/" + "%25".repeat(LONG / 3) + "?sig=",
      "x".repeat(LONG),
      true,
      0,
      -1,
      Long.MAX_VALUE,
      new BigDecimal("1e400"),
      List.of(),
      List.of("https://host/file.csv"),
      Payload.of(Map.of("a", "https://host/file.csv")));

  private static final List<UnaryOperator<String>> CHANGES = List.of(
      text -> text + " ",
      text -> " " + text,
      text -> text + "\r\n",
      text -> text + text,
      text -> text.replace("%", ""),
      text -> text.replace("%", "%25"),
      text -> text.replace("&", "&amp;"),
      text -> text.replace("?", "%3F"),
      text -> text.replace("?", "#"),
      text -> text.replace("https:", "HTTP:"),
      text -> text.replace("se=", "se=x"),
      text -> text.replace("sig=", "sig=%00"),
      text -> text.toUpperCase(Locale.ROOT),
      text -> "\"" + text + "\"",
      text -> new StringBuilder(text).reverse().toString());

  private DamagedEvents() {}

  static Collection<BusinessEvent> of(BusinessEvent sound) {
    Payload payload = sound.payload();
    List<Payload> damaged = new ArrayList<>();
    damaged.add(payload.withoutSecrets());
    for (String name : payload.names()) {
      damaged.add(without(payload, name));
      VALUES.forEach(value -> damaged.add(payload.toBuilder().with(name, value).build()));
      payload.text(name).ifPresent(text -> {
        cuts(text)
            .forEach(cut -> damaged.add(payload.toBuilder().with(name, cut).build()));
        CHANGES.forEach(change ->
            damaged.add(payload.toBuilder().with(name, change.apply(text)).build()));
      });
    }
    return damaged.stream().flatMap(it -> read(it).stream()).toList();
  }

  /** Fifty beginnings, and all that lack less than fifty characters. */
  private static Collection<String> cuts(String text) {
    List<String> cuts = new ArrayList<>();
    int step = Math.max(1, text.length() / 50);
    for (int end = 1; end < text.length(); end += end < text.length() - 50 ? step : 1) {
      cuts.add(text.substring(0, end));
    }
    return cuts;
  }

  private static Payload without(Payload payload, String dropped) {
    Payload.Builder rest = Payload.builder();
    payload.names().stream()
        .filter(name -> !name.equals(dropped))
        .forEach(name -> rest.with(name, payload.value(name)));
    return rest.build();
  }

  /** Nothing if what is damaged is what makes it an event. */
  private static List<BusinessEvent> read(Payload payload) {
    try {
      return List.of(BusinessEvent.of(payload));
    } catch (MalformedEventException noEvent) {
      return List.of();
    }
  }
}
