package dev.landfall.app.demo;

import static dev.landfall.event.EventFilters.entity;

import dev.landfall.FolderSink;
import dev.landfall.Route;
import dev.landfall.download.PayloadUrlLocator;
import dev.landfall.emulator.DataProject;
import dev.landfall.emulator.data.Entities;
import dev.landfall.sink.jdbc.JdbcTableSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** What the demo exports, and the routes that wait for it. */
record Story(int rows, @Nullable Path customers) {

  private static final String GIVEN = "Customers V3, your file";
  private static final int BUSY_MILLIS = 60_000;

  DataProject exports() {
    DataProject project = DataProject.named("demo")
        .entity(Entities.customerGroups(), 12)
        .entity(Entities.customersV3(), 2_000)
        .entity(Entities.vendorInvoices(), rows);
    return customers == null ? project : project.file(GIVEN, customers, recordsOf(customers));
  }

  DataProject late() {
    return DataProject.named("late")
        .legalEntity("demf")
        .entity(Entities.customerGroups(), 3)
        .linkLifetime(Duration.ofSeconds(1));
  }

  private static int recordsOf(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return Math.max(0, (int) lines.count() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException("The file of your own cannot be read: " + file, e);
    }
  }

  List<Route> routes(Workplace place) {
    DataSource tables = tables(place);
    List<Route> routes = new ArrayList<>();
    routes.add(route("Customer groups", place, tables, "CUSTOMERGROUPID", "DATAAREAID"));
    routes.add(route("Customers V3", place, tables, "CUSTOMERACCOUNT", "DATAAREAID"));
    routes.add(route("Vendor invoices", place, tables, "INVOICENUMBER", "INVOICELINENUMBER"));
    routes.add(route(GIVEN, place, tables, "CUSTOMERACCOUNT", "DATAAREAID"));
    return routes;
  }

  private static Route route(String label, Workplace place, DataSource tables, String... keys) {
    String name = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return Route.named(name)
        .when(entity(label))
        .fetch(PayloadUrlLocator.field("DownloadURL"))
        .store(FolderSink.at(place.exports()))
        .store(JdbcTableSink.into(tables)
            .table(name.replace('-', '_'))
            .upsertBy(keys)
            .build());
  }

  /** Several routes write into the one file, so each waits for its turn. */
  private static DataSource tables(Workplace place) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + place.tables());
    return source;
  }
}
