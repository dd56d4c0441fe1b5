package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.ExportedFile;
import dev.landfall.format.DelimitedText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names, values and files that mean harm, or look as if they did. */
interface HostileCases extends TableSinkCase {

  List<String> NAMES = List.of(
      "'; DROP TABLE groups; --",
      "\"; DROP TABLE groups; --",
      "`; DROP TABLE groups; --",
      "\"\"",
      "``",
      "[x]",
      "a\\",
      "/*",
      "${x}",
      "{fn now()}",
      "%s%n",
      "?",
      ":name",
      "@x",
      "$1",
      "select",
      "Größe \u202E",
      "\uFB01");

  @Test
  default void hostileNamesOfColumnsAreNothingButNames() throws Exception {
    appending("groups").store(csv("before", "ID\n1\n"));
    Table table = new Table(NAMES, List.of(NAMES));
    for (boolean keyed : new boolean[] {false, true}) {
      String target = "named_" + keyed;
      JdbcTableSink sink =
          keyed ? into(target).replaceBy(NAMES.get(0), NAMES.get(1)).build() : appending(target);
      ExportedFile file = files()
          .withEventId("hostile")
          .named("export.csv", Written.COMMAS.bytes(table, Encoded.UTF_8));
      sink.store(file);
      assertEquals(table.rows(), Rows.valuesOf(database(), target, NAMES));
    }
    assertEquals(List.of("1"), rows("groups"));
  }

  @Test
  default void hostileNamesOfTablesAreNothingButNames() throws Exception {
    appending("groups").store(csv("before", "ID\n1\n"));
    for (String name : NAMES) {
      if (!name.contains(".")) {
        upserting(name).store(csv("1", "ID,NAME\n1,a\n"));
        upserting(name).store(csv("2", "ID,NAME\n1,b\n"));
        assertEquals(
            List.of(List.of("1", "b")), Rows.valuesOf(database(), name, List.of("ID", "NAME")));
      }
    }
    assertEquals(List.of("1"), rows("groups"));
  }

  @Test
  default void anEmojiInANameIsKeptOrRefused() throws Exception {
    ExportedFile file = csv("1", "ID,😀\n1,a\n");
    if (tested().product().equals("MariaDB")) {
      assertRefused(appending("groups"), file);
    } else {
      appending("groups").store(file);
      assertEquals(List.of("1|a"), rows("groups", "ID", "😀"));
    }
  }

  @Test
  default void tenThousandColumnsAreStoredOrRefused() throws Exception {
    String names =
        IntStream.range(0, 10_000).mapToObj(i -> "C" + i).collect(Collectors.joining(","));
    ExportedFile file = csv("1", names + "\n" + names + "\n");
    assertRefused(
        appending("wide"),
        file,
        "Line 1, column 4097: at most 4096 fields in a row were expected (limit 'most columns').");
    JdbcTableSink wide =
        into("wide").format(DelimitedText.csv().withMostColumns(10_000)).build();
    if (List.of("PostgreSQL", "MariaDB", "SQLite").contains(tested().product())) {
      String message = assertRefused(wide, file);
      assertTrue(
          message.matches("A table in \\w+ has at most \\d+ columns; this file needs 10000\\. .*"),
          message);
      assertEquals(List.of(), own("landfall_load", "event_id"));
    } else {
      wide.store(file);
      assertEquals(List.of("C0|C9999"), rows("wide", "C0", "C9999"));
    }
  }

  @Test
  default void formulasStayTheTextThatTheyAre() throws Exception {
    Table formulas = Table.of(
        "ID VALUE",
        "1",
        "=cmd|' /C calc'!A0",
        "2",
        "+1+1",
        "3",
        "-2+3",
        "4",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "5",
        "=HYPERLINK(\"http://example.com\",\"x\")",
        "6",
        "\t=1+1");
    for (Written way : Written.values()) {
      appending("formulas_" + way)
          .store(files().named(way.fileName(), way.bytes(formulas, Encoded.UTF_8)));
      assertEquals(formulas.shown(), rows("formulas_" + way, "ID", "VALUE"));
    }
  }

  @Test
  default void aLongFieldIsStoredOrRefused() throws Exception {
    String field = "x".repeat(20 << 20);
    JdbcTableSink sink = into("long")
        .format(DelimitedText.csv().withLongestField(32 << 20).withLongestRecord(32 << 20))
        .build();
    ExportedFile file = csv("1", "ID,NAME\n1," + field + "\n");
    if (tested().product().equals("HSQL Database Engine")) {
      assertEquals(
          "Line 2: column NAME: a text of at most 32000 characters was expected, and this has 20971520",
          assertRefused(sink, file));
      assertEquals(List.of(), rows("long"));
      assertEquals(List.of(), own("landfall_load", "event_id"));
    } else {
      sink.store(file);
      assertEquals(List.of("1|" + field), rows("long", "ID", "NAME"));
    }
  }

  @Test
  default void aFileThatTurnsOutToBeBadChangesNothing() throws Exception {
    for (HostileFile hostile : HostileFile.values()) {
      assertChangesNothing(hostile, appending("groups"), "appended " + hostile);
    }
    tested().empty();
    for (HostileFile hostile : HostileFile.values()) {
      assertChangesNothing(hostile, into("groups").replaceBy("ID").build(), "replaced " + hostile);
    }
  }

  private void assertChangesNothing(HostileFile hostile, JdbcTableSink sink, String event)
      throws Exception {
    sink.store(csv("before", "ID,NAME\n1,old\n2,old\n"));
    byte[] bytes = hostile.bytes();
    String message =
        assertRefused(sink, files().withEventId(event).named(hostile.fileName(), bytes));
    assertTrue(message.matches(hostile.place()), () -> hostile + ": " + message);
    assertEquals(List.of("1|old", "2|old"), rows("groups", "ID", "NAME"), event);
    assertEquals(List.of("before"), own("landfall_load", "event_id"), event);
  }
}
