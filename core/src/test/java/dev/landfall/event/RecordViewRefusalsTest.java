package dev.landfall.event;

import static dev.landfall.event.RecordViewTest.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a payload that does not fit its record, and of a record that fits none. */
class RecordViewRefusalsTest {

  record Line(String item, int quantity) {}

  record Order(List<Line> lines, Map<String, Instant> dates) {}

  private static Payload lines(@Nullable Object... lines) {
    return Payload.builder().with("Lines", Arrays.asList(lines)).build();
  }

  @Test
  void anUnreadableValueIsNamedByItsPathAndKindAndNotQuoted() {
    Map<String, Object> good = Map.of("Item", "Bolt", "Quantity", 4);
    assertRefused(
        "Order reads Lines[2].Quantity as a whole number of 32 bits; the text there is none.",
        Order.class,
        lines(good, good, Map.of("Item", "Bolt", "Quantity", "four")));
    assertRefused(
        "Order reads Lines[0].Item as text; the list there is none.",
        Order.class,
        lines(Map.of("Item", List.of("Bolt"), "Quantity", 4)));
    assertRefused(
        "Order reads Lines[0] as an object; the boolean there is none.", Order.class, lines(true));
    assertRefused(
        "Order reads Lines as a list; the object there is none.",
        Order.class,
        Payload.of(Map.of("Lines", good)));
  }

  @Test
  void aMissingMemberIsNamedTogetherWithThoseThatAreThere() {
    assertRefused(
        "Order reads Lines[0].Quantity as a whole number of 32 bits; there is no such member among"
            + " [Item]. Make the component Optional if it may be absent, or name its member with"
            + " @Member.",
        Order.class,
        lines(Map.of("Item", "Bolt")));
  }

  @Test
  void aNullElementIsRefused() {
    assertRefused(
        "Order reads Lines[1] as an object; it is null. Use Optional if it may be.",
        Order.class,
        lines(Map.of("Item", "Bolt", "Quantity", 4), null));
  }

  @Test
  void aNullDateIsRefusedWhereATimeIsNeeded() {
    assertRefused(
        "Order reads Dates.Due as a time such as /Date(1893456300000)/ or 2030-01-01T00:05:00Z; it"
            + " is what F&O writes for none, 1900-01-01 or zeros. Use Optional if it may be.",
        Order.class,
        Payload.of(Map.of("Dates", Map.of("Due", "/Date(-2208988800000)/"))));
  }

  record Blank(UUID id) {}

  @Test
  void blankTextIsNoGuid() {
    assertRefused(
        "Blank reads Id as a GUID; it is blank. Use Optional if it may be.",
        Blank.class,
        Payload.of(Map.of("Id", "")));
  }

  @Test
  void twoMembersThatDifferInCaseOnlyAreRefused() {
    assertRefused(
        "Blank reads Id in any case; there are [ID, iD]. Choose one with @Member.",
        Blank.class,
        Payload.builder().with("ID", "a").with("iD", "b").build());
  }

  record Positive(Optional<Strict> strict) {}

  record Strict(int number, String other) {
    Strict {
      if (number < 0) {
        throw new IllegalArgumentException("It is " + number);
      }
    }
  }

  @Test
  void aRecordThatRefusesItsComponentsIsNamedWithoutItsMessage() {
    Map<String, Object> negative = Map.of("Number", -1, "Other", "x");
    assertRefused(
        "The record Strict refuses what is in Strict: its constructor throws"
            + " java.lang.IllegalArgumentException.",
        Positive.class,
        Payload.of(Map.of("Strict", negative)));
    assertRefused(
        "The record Strict refuses what is in the payload: its constructor throws"
            + " java.lang.IllegalArgumentException.",
        Strict.class,
        Payload.of(negative));
  }

  @Test
  void aNameThatLooksLikeNoneIsNotShown() {
    String name = "a\nb";
    var refused = assertThrows(
        MalformedEventException.class,
        () -> Payload.of(Map.of("Dates", Map.of(name, "x"))).as(Order.class));
    assertTrue(
        refused.getMessage().startsWith("Order reads Dates.... as a time"), refused.getMessage());
  }

  record OfSet(Set<String> names) {}

  record OfRaw(@SuppressWarnings("rawtypes") List names) {}

  record OfWild(List<?> names) {}

  record OfUri(Optional<URI> link) {}

  record OfArray(@SuppressWarnings("ArrayRecordComponent") String[] names) {}

  record Deep(List<OfSet> sets) {}

  @Test
  void aComponentOfAnotherTypeIsRefusedBeforeAnyValueIsRead() {
    Map<Class<? extends Record>, String> refused = Map.of(
        OfSet.class, "names of %s cannot be read as java.util.Set<java.lang.String>. A component",
        OfRaw.class, "names of %s cannot be read as java.util.List. A component is text, a number",
        OfWild.class, "names of %s cannot be read as ?. A component",
        OfUri.class, "link of %s cannot be read as java.net.URI. A component",
        OfArray.class, "names of %s cannot be read as java.lang.String[]. A component");
    refused.forEach(
        (type, message) -> assertUnfit("The component " + message.formatted(type.getName()), type));
    assertUnfit("The component names of " + OfSet.class.getName(), Deep.class);
  }

  record Generic<T>(T it) {}

  enum Twins {
    A_B,
    AB
  }

  record OfTwins(Twins twins) {}

  @Test
  void aRecordThatCannotBeReadIsRefused() {
    assertUnfit("A payload is read as a record without type parameters, unlike", Generic.class);
    assertUnfit("A payload is read as a record; java.lang.Record is none.", Record.class);
    assertUnfit("Constants are told apart without case, blanks and underscores", OfTwins.class);
  }

  @Test
  void aRecordOutOfReachIsRefusedWithWhatItsModuleHasToSay(@TempDir Path folder) throws Exception {
    Path module = Files.writeString(folder.resolve("module-info.java"), "module user.orders {}");
    Path type = Files.writeString(
        folder.resolve("Secluded.java"), "package user.orders; record Secluded(String it) {}");
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertEquals(
        0,
        javac.run(
            System.out, System.err, "-d", folder.toString(), module.toString(), type.toString()));
    var finder = ModuleFinder.of(folder);
    var configuration = ModuleLayer.boot()
        .configuration()
        .resolve(finder, ModuleFinder.of(), Set.of("user.orders"));
    ModuleLayer layer =
        ModuleLayer.boot().defineModulesWithOneLoader(configuration, getClass().getClassLoader());
    Class<?> secluded = layer.findLoader("user.orders").loadClass("user.orders.Secluded");
    assertUnfit(
        "user.orders.Secluded is out of reach: open its package in the module-info of user.orders"
            + " (opens user.orders to",
        secluded.asSubclass(Record.class));
  }

  private static void assertUnfit(String beginning, Class<? extends Record> type) {
    for (int use = 1; use <= 2; use++) {
      var refused = assertThrows(
          IllegalArgumentException.class, () -> Payload.of(Map.of()).as(type));
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.startsWith(beginning), message);
    }
  }
}
