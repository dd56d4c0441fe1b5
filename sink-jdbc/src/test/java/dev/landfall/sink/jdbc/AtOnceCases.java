package dev.landfall.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.landfall.event.LandfallException;
import dev.landfall.file.ExportedFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Instances that load at once, each patient when the database is busy. */
interface AtOnceCases extends TableSinkCase {

  /** How often a busy database is asked again before the test gives up. */
  int MOST_TRIES = 200;

  private ExportedFile at(int minute, String company, String records) throws IOException {
    return files()
        .withTime(Instant.parse("2026-03-01T08:%02d:00Z".formatted(minute)))
        .withLegalEntity(company)
        .withEventId(company + "-" + minute)
        .csv("ID,DATAAREAID,NAME\n" + records);
  }

  private static String records(int from, int to, String company, String name) {
    StringBuilder records = new StringBuilder();
    for (int i = from; i < to; i++) {
      records.append("%d,%s,%s\n".formatted(i, company, name));
    }
    return records.toString();
  }

  private static Callable<Void> patiently(JdbcTableSink sink, ExportedFile file) {
    return () -> {
      for (int left = MOST_TRIES; ; left--) {
        try {
          sink.store(file);
          return null;
        } catch (LandfallException busy) {
          if (left == 0 || !busy.retryable()) {
            throw busy;
          }
        }
      }
    };
  }

  private static void allAtOnce(List<Callable<Void>> loads) throws Exception {
    Collections.shuffle(loads, new Random(7));
    ExecutorService instances = Executors.newFixedThreadPool(6);
    try {
      for (Future<Void> load : instances.invokeAll(loads, 60, TimeUnit.SECONDS)) {
        load.get();
      }
    } finally {
      instances.shutdownNow();
    }
  }

  @Test
  default void pushesAndUpdatesOfSeveralCompaniesAtOnceLeaveWhatTheirOrderMakes() throws Exception {
    List<Callable<Void>> loads = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (String company : List.of("demf", "usmf", "ussi")) {
      for (int minute = 0; minute < 5; minute++) {
        boolean full = minute == 2;
        JdbcTableSink sink = full
            ? into("groups").replaceBy("ID", "DATAAREAID").build()
            : into("groups")
                .upsertBy("ID", "DATAAREAID")
                .legalEntityColumn("landfall_legal_entity")
                .schema(SchemaMode.ADD_COLUMNS)
                .build();
        loads.add(patiently(
            sink, at(minute, company, records(minute, minute + 20, company, "m" + minute))));
      }
      for (int id = 2; id < 24; id++) {
        expected.add("%d|%s|m%d".formatted(id, company, id == 2 ? 2 : id == 3 ? 3 : 4));
      }
    }
    allAtOnce(loads);
    Collections.sort(expected);
    assertEquals(expected, rows("groups", "ID", "DATAAREAID", "NAME"));
  }

  @Test
  default void filesThatGrowATableAtOnceAllAddTheirRows() throws Exception {
    List<Callable<Void>> loads = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      loads.add(patiently(
          into("groups").schema(SchemaMode.ADD_COLUMNS).build(),
          csv("event-" + i, "ID,OWN%d\n%d,x\n".formatted(i % 3, i))));
      expected.add(String.valueOf(i));
    }
    allAtOnce(loads);
    assertEquals(expected, rows("groups", "ID"));
  }

  @Test
  default void updatesWithoutTheTimeOfTheirExportsMayAddTheSameKeysAtOnce() throws Exception {
    List<Callable<Void>> loads = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    JdbcTableSink sink = into("groups").upsertBy("ID").withoutExportTime().build();
    sink.store(csv("first", "ID,NAME\n0,same\n"));
    for (int i = 0; i < 8; i++) {
      loads.add(patiently(sink, files().withEventId("event-" + i).csv("ID,NAME\n" + names(500))));
    }
    allAtOnce(loads);
    for (int id = 0; id < 500; id++) {
      expected.add(id + "|same");
    }
    Collections.sort(expected);
    assertEquals(expected, rows("groups", "ID", "NAME"));
  }

  private static String names(int count) {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < count; i++) {
      records.append(i).append(",same\n");
    }
    return records.toString();
  }
}
