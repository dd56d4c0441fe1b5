package dev.landfall.app.demo;

import dev.landfall.file.Receipt;
import dev.landfall.spi.DeadLetter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The closing table. */
final class Report {

  private static final String ROW = "%-26s %9s %13s %12s  %s";

  private Report() {}

  static List<String> of(Workplace place, List<Watch.Landed> landed, List<DeadLetter> dead) {
    List<String> lines = new ArrayList<>();
    lines.add(ROW.formatted("ENTITY", "RECORDS", "BYTES", "EVENT→LANDED", "WHERE TO LOOK"));
    landed.stream()
        .sorted(Comparator.comparing(Watch.Landed::entity))
        .forEach(one -> lines.addAll(rows(place, one)));
    for (DeadLetter letter : dead) {
      lines.add("");
      lines.add("Dead letter: %s, %s."
          .formatted(
              letter.landing().map(Object::toString).orElse("an unreadable delivery"),
              letter.failure().reason()));
      lines.add("  " + letter.failure().message());
    }
    return lines;
  }

  private static List<String> rows(Workplace place, Watch.Landed one) {
    List<Receipt> receipts = one.landing().receipts().values().stream()
        .sorted(Comparator.comparing(receipt -> receipt.recordCount() == null))
        .toList();
    String records = receipts.stream()
        .flatMapToLong(receipt -> receipt.records().stream())
        .mapToObj(Report::number)
        .findFirst()
        .orElse("?");
    List<String> rows = new ArrayList<>();
    for (Receipt receipt : receipts) {
      boolean first = rows.isEmpty();
      rows.add(ROW.formatted(
          first ? one.entity() : "",
          first ? records : "",
          first ? number(receipt.length()) : "",
          first ? number(one.sinceEvent().toMillis()) + " ms" : "",
          place.shortened(receipt.location())));
    }
    return rows;
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
