package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.file.ExportedFile;
import dev.landfall.testkit.ExportedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever the order in which exports are delivered, and however often, the table is what the same
 * exports make in the order in which they were made.
 */
class OrderProperties {

  private static final List<TestDatabase> DATABASES =
      List.of(new Postgres(), new MariaDb(), new Sqlite(), new H2(), new Hsqldb());
  private static final List<String> COMPANIES = List.of("usmf", "demf");

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

  /**
   * One export.
   *
   * @param full whether it has all that there is of its company
   * @param keys in the order of the file, which may have one twice
   */
  record Export(boolean full, String company, List<Integer> keys) {

    String text(int number) {
      return "ID,DATAAREAID,NAME\n"
          + IntStream.range(0, keys.size())
              .mapToObj(
                  i -> "%d,%s,export %d record %d\n".formatted(keys.get(i), company, number, i))
              .collect(Collectors.joining());
    }

    void apply(int number, Map<String, String> table) {
      if (full) {
        table.keySet().removeIf(key -> key.endsWith(company));
      }
      for (int i = 0; i < keys.size(); i++) {
        table.put(keys.get(i) + "|" + company, "export %d record %d".formatted(number, i));
      }
    }
  }

  /**
   * Exports in the order in which they were made, and how they are delivered.
   *
   * @param deliveries numbers of exports, each there at least once
   */
  record Traffic(List<Export> exports, List<Integer> deliveries) {}

  @Provide
  Arbitrary<Traffic> traffic() {
    Arbitrary<Export> export = Combinators.combine(
            Arbitraries.frequency(Tuple.of(2, false), Tuple.of(1, true)),
            Arbitraries.of(COMPANIES),
            Arbitraries.integers().between(1, 5).list().ofMaxSize(5))
        .as(Export::new);
    return export.list().ofMinSize(1).ofMaxSize(6).flatMap(exports -> {
      List<Integer> all = IntStream.range(0, exports.size()).boxed().toList();
      return Arbitraries.of(all).list().ofMaxSize(3).flatMap(again -> {
        List<Integer> deliveries = new ArrayList<>(all);
        deliveries.addAll(again);
        return Arbitraries.shuffle(deliveries).map(order -> new Traffic(exports, order));
      });
    });
  }

  @Property(tries = 25)
  void theTableIsWhatTheExportsMakeInTheirOrder(@ForAll("traffic") Traffic traffic)
      throws Exception {
    Map<String, String> model = new TreeMap<>();
    for (int i = 0; i < traffic.exports().size(); i++) {
      traffic.exports().get(i).apply(i, model);
    }
    List<String> expected = model.entrySet().stream()
        .map(row -> row.getKey() + "|" + row.getValue())
        .toList();
    Path folder = Files.createTempDirectory("exports");
    List<ExportedFile> files = files(folder, traffic.exports());
    try {
      for (TestDatabase tested : DATABASES) {
        assertEquals(expected, landed(tested, traffic, files), tested::toString);
      }
    } finally {
      for (ExportedFile file : files) {
        Files.delete(file.path());
      }
      Files.delete(folder);
    }
  }

  private static List<ExportedFile> files(Path folder, List<Export> exports) {
    return IntStream.range(0, exports.size())
        .mapToObj(i -> {
          try {
            return ExportedFiles.in(folder)
                .withEventId("export-" + i)
                .withLegalEntity(exports.get(i).company())
                .withTime(Instant.parse("2026-03-01T08:00:00Z").plusMillis(i))
                .csv(exports.get(i).text(i));
          } catch (IOException full) {
            throw new UncheckedIOException(full);
          }
        })
        .toList();
  }

  private static List<String> landed(TestDatabase tested, Traffic traffic, List<ExportedFile> files)
      throws IOException, SQLException {
    tested.empty();
    JdbcTableSink pushes = JdbcTableSink.into(tested.database())
        .table("groups")
        .replaceBy("ID", "DATAAREAID")
        .build();
    JdbcTableSink updates = JdbcTableSink.into(tested.database())
        .table("groups")
        .upsertBy("ID", "DATAAREAID")
        .legalEntityColumn("landfall_legal_entity")
        .build();
    for (int number : traffic.deliveries()) {
      (traffic.exports().get(number).full() ? pushes : updates).store(files.get(number));
    }
    return Rows.of(
        tested.database(),
        "SELECT %s, %s, %s FROM %s"
            .formatted(
                tested.quoted("ID"),
                tested.quoted("DATAAREAID"),
                tested.quoted("NAME"),
                tested.quoted("groups")));
  }
}
