package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.event.LandfallException;
import dev.landfall.file.ExportedFile;
import dev.landfall.format.DelimitedText;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Any records, written in any way and loaded in any other, are read back from the table. */
class RoundTripProperties {

  private static final List<TestDatabase> DATABASES =
      List.of(new Postgres(), new MariaDb(), new Sqlite(), new H2(), new Hsqldb());
  private static final String ODD = "<>&'\"`{}[]()%$?@:;,|\\/\t\n\r. ab_x0Nßäé€😀東\0\u0001";

  @BeforeContainer
  static void start() throws Exception {
    for (TestDatabase database : DATABASES) {
      database.open();
    }
  }

  @AfterContainer
  static void stop() throws Exception {
    for (TestDatabase database : DATABASES) {
      database.stop();
    }
  }

  /** How records get into the table; a column that no file has keeps text from being copied. */
  enum Loaded {
    APPENDED,
    APPENDED_ONE_BY_ONE,
    UPSERTED,
    UPSERTED_ONE_BY_ONE,
    REPLACED,
    REPLACED_BY_KEY;

    JdbcTableSinkBuilder of(JdbcTableSinkBuilder sink, String key) {
      return switch (this) {
        case APPENDED -> sink;
        case APPENDED_ONE_BY_ONE -> sink.eventIdColumn("landfall_event");
        case UPSERTED -> sink.upsertBy(key);
        case UPSERTED_ONE_BY_ONE -> sink.upsertBy(key).eventIdColumn("landfall_event");
        case REPLACED -> sink.replace();
        case REPLACED_BY_KEY -> sink.replaceBy(key);
      };
    }
  }

  /**
   * One try.
   *
   * @param table what is in the file, as the way of writing allows it
   */
  record Trial(Written way, Encoded encoding, Loaded path, Table table) {

    boolean hasNul() {
      return table.rows().stream()
          .flatMap(List::stream)
          .anyMatch(value -> value != null && value.indexOf('\0') >= 0);
    }

    JdbcTableSink sink(TestDatabase tested) {
      JdbcTableSinkBuilder sink = path.of(
          JdbcTableSink.into(tested.database()).table("records"), table.names().get(0));
      if (encoding == Encoded.WINDOWS && way.isDelimited()) {
        sink.format(DelimitedText.csv().withCharset(encoding.charset()));
      }
      return sink.build();
    }
  }

  @Provide
  Arbitrary<Trial> trials() {
    return Combinators.combine(
            Arbitraries.of(Written.values()),
            Arbitraries.of(Encoded.values()),
            Arbitraries.of(Loaded.values()),
            Arbitraries.integers().between(1, 5).flatMap(RoundTripProperties::tables))
        .as(RoundTripProperties::written);
  }

  /** The first value of each is its key, and the first record lacks none. */
  private static Arbitrary<Table> tables(int columns) {
    Arbitrary<String> text = Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.strings().withChars(ODD).ofMaxLength(10)),
        Tuple.of(1, Arbitraries.strings().ofMaxLength(12)));
    Arbitrary<List<String>> names =
        Arbitraries.strings().withChars(ODD).ofMaxLength(6).list().ofSize(columns);
    Arbitrary<List<List<@Nullable String>>> rows =
        text.injectNull(0.1).list().ofSize(columns).list().ofMinSize(1).ofMaxSize(6);
    return Combinators.combine(names, rows).as(Table::new);
  }

  private static Trial written(Written way, Encoded wanted, Loaded path, Table any) {
    boolean nul = any.rows().toString().indexOf('\0') >= 0;
    // Where there is a NUL, an encoding that is not told is not sure.
    Encoded encoding = way.canBe(wanted) ? wanted : nul ? Encoded.UTF_8_WITH_MARK : Encoded.UTF_8;
    Table possible = any.mapped(value -> writable(way, encoding, value));
    List<String> names = IntStream.range(0, any.names().size())
        .mapToObj(i -> name(way, writable(way, encoding, any.names().get(i))) + i)
        .toList();
    List<List<@Nullable String>> rows = IntStream.range(0, any.rows().size())
        .mapToObj(i -> row(possible.rows().get(i), i))
        .toList();
    Table table = new Table(names, rows);
    return new Trial(way, encoding, path, way.isDelimited() ? table.withoutNulls() : table);
  }

  private static String writable(Written way, Encoded encoding, String text) {
    String some = text.codePoints()
        .filter(point -> !(Character.isBmpCodePoint(point) && Character.isSurrogate((char) point)))
        .filter(way::takes)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
    // What looks like an escaped character is one in a workbook, and the writer escapes none.
    return encoding.takes(way == Written.WORKBOOK ? some.replace("_x", "x") : some);
  }

  /** MariaDB has no NUL and nothing beyond 16 bits in names, a file no blanks around them. */
  private static String name(Written way, String odd) {
    String plain = odd.replace("\0", "").replace("😀", "").strip();
    return way.isXml() ? "n" + plain.replaceAll("[^a-z]", "") : plain;
  }

  private static List<@Nullable String> row(List<@Nullable String> values, int number) {
    List<@Nullable String> row = new ArrayList<>(values);
    if (number == 0) {
      row.replaceAll(value -> Objects.requireNonNullElse(value, ""));
    }
    String key = Objects.requireNonNullElse(row.get(0), "").replace("\0", "");
    row.set(0, number + key);
    return Collections.unmodifiableList(row);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void whatIsLoadedReadsBackEqual(@ForAll("trials") Trial trial) throws Exception {
    Path folder = Files.createTempDirectory("records");
    ExportedFile file = ExportedFiles.in(folder)
        .named(trial.way().fileName(), trial.way().bytes(trial.table(), trial.encoding()));
    try {
      for (TestDatabase tested : DATABASES) {
        tested.empty();
        assertLoaded(tested, trial, file);
      }
    } finally {
      Files.delete(file.path());
      Files.delete(folder);
    }
  }

  private static void assertLoaded(TestDatabase tested, Trial trial, ExportedFile file)
      throws IOException, SQLException {
    if (trial.hasNul() && tested.product().equals("PostgreSQL")) {
      LandfallException refusal =
          assertThrows(LandfallException.class, () -> trial.sink(tested).store(file));
      assertFalse(refusal.retryable(), refusal::getMessage);
      return;
    }
    trial.sink(tested).store(file);
    assertEquals(
        trial.table().rows(),
        Rows.valuesOf(tested.database(), "records", trial.table().names()),
        tested::product);
  }
}
