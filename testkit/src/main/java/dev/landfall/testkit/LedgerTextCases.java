package dev.landfall.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.event.Reason;
import dev.landfall.file.Receipt;
import dev.landfall.spi.DeadLetter;
import dev.landfall.spi.FailedAttempt;
import dev.landfall.spi.Failure;
import dev.landfall.spi.LandingReport;
import dev.landfall.spi.Settlement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Texts that nobody checked, such as messages of drivers and names of files. */
abstract class LedgerTextCases extends LedgerPurgeCases {

  private static final int LONG = 100_000;

  private static final List<String> HOSTILE = List.of(
      "",
      " ",
      " in blanks ",
      "it's \"quoted\" `so` [or] so",
      "'); drop table landing; --",
      "back\\slash \\' \\0 %s %_ $1 ${x} :a ?",
      "first\nsecond\r\nthird\ttabbed",
      "ключ 鍵 مفتاح",
      "4 bytes \uD83D\uDCE6 \uD83D\uDD11",
      "a\u0301 is not \u00E1",
      "\uFEFF\uFFFF\uFFFE\u200B\u202E",
      "bell \u0007 escape \u001B delete \u007F",
      "a\0b",
      "\0",
      "half \uD83D of one",
      "other half \uDCE6",
      "wrong way round \uDCE6\uD83D");

  /** With U+FFFD for what some databases cannot hold. */
  private static @Nullable String storable(@Nullable String text) {
    return text == null
        ? null
        : text.codePoints()
            .map(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF) ? 0xFFFD : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static Failure storable(Failure failure) {
    return new Failure(failure.reason(), String.valueOf(storable(failure.message())), failure.at());
  }

  private static List<FailedAttempt> storable(List<FailedAttempt> history) {
    return history.stream()
        .map(it -> new FailedAttempt(it.number(), storable(it.failure())))
        .toList();
  }

  private static Map<String, Receipt> storable(Map<String, Receipt> receipts) {
    return receipts.entrySet().stream()
        .collect(Collectors.toMap(
            it -> String.valueOf(storable(it.getKey())),
            it -> new Receipt(
                String.valueOf(storable(it.getValue().location())),
                it.getValue().length(),
                it.getValue().recordCount())));
  }

  @Test
  void messagesOfFailuresComeBack() throws Exception {
    for (String text : HOSTILE) {
      assertMessageComesBack(text);
    }
    assertMessageComesBack("é".repeat(LONG));
  }

  private void assertMessageComesBack(String text) throws Exception {
    Failure failure = new Failure(Reason.UNEXPECTED, text, NOON);
    recordNew(landing("a"));
    settle(claimOne(NOON), new Settlement.Retry(Map.of(), failure, NOON));
    settle(claimOne(NOON), new Settlement.Dead(Map.of(), failure));
    List<FailedAttempt> history =
        storable(List.of(new FailedAttempt(1, failure), new FailedAttempt(2, failure)));
    LandingReport report = report("a");
    assertEquals(storable(failure), storable(report.lastFailure().orElseThrow()));
    assertEquals(history, storable(report.history()));
    DeadLetter letter = ledger.deadLetters(1).get(0);
    assertEquals(storable(failure), storable(letter.failure()));
    assertEquals(history, storable(letter.history()));
    forget("a");

    answer(ledger.bury(body("noise"), failure));
    assertEquals(storable(failure), storable(ledger.deadLetters(1).get(0).failure()));
    assertTrue(ledger.exhume(body("noise")));
  }

  @Test
  void remarksComeBack() throws Exception {
    for (String text : HOSTILE) {
      assertRemarkComesBack(text);
    }
    assertRemarkComesBack("é".repeat(LONG));
  }

  private void assertRemarkComesBack(String text) throws Exception {
    recordNew(landing("a"));
    assertTrue(ledger.discard(id("a"), text, BARE, NOON));
    assertEquals(storable(text), storable(report("a").remark()));
    forget("a");
  }

  @Test
  void receiptsComeBack() throws Exception {
    for (String text : HOSTILE) {
      assertReceiptComesBack(text, text);
    }
    assertReceiptComesBack("s".repeat(1_000), "é".repeat(LONG));
  }

  private void assertReceiptComesBack(String sink, String location) throws Exception {
    Map<String, Receipt> receipts =
        Map.of(sink, new Receipt(location, 7, 8L), "other", new Receipt("/1", 9, null));
    recordNew(landing("a"));
    settle(claimOne(NOON), new Settlement.Released(receipts));
    settle(claimOne(NOON), new Settlement.Stored(receipts, BARE));
    assertEquals(storable(receipts), storable(report("a").landing().receipts()));
    assertTrue(ledger.reopen(id("a"), Set.of(sink), null, NOON));
    assertEquals(Set.of("other"), claimOne(NOON).landing().receipts().keySet());
    forget("a");
  }

  @Test
  void sinksThatLookAlikeAreDifferent() throws Exception {
    Map<String, Receipt> receipts = new HashMap<>();
    for (String sink : List.of("a", "A", "á", "a\u0301", " a", "a ", "", "null")) {
      receipts.put(sink, receipt(sink));
    }
    end(landing("a"), new Settlement.Stored(receipts, BARE), NOON);
    assertEquals(receipts, report("a").landing().receipts());
  }

  @Test
  void anEmptyTextIsNotNone() throws Exception {
    recordNew(landing("a"));
    ledger.discard(id("a"), "", BARE, NOON);
    assertEquals("", report("a").remark());
  }

  @Test
  void linesOfAnyTextWork() throws Exception {
    for (String text : HOSTILE) {
      recordNew(landing("first").inLine(text), landing("second").inLine(text));
      assertEquals(storable(text), storable(report("first").landing().line()));
      assertEquals(List.of("first"), eventsClaimed(10, NOON), text);
      forget("first");
      assertEquals(List.of("second"), eventsClaimed(10, NOON), text);
      forget("second");
    }
  }

  private void forget(String event) {
    ledger.discard(id(event), "Not wanted.", BARE, NOON);
    ledger.purge(NOON.plusMillis(1), 100);
    assertTrue(ledger.find(id(event)).isEmpty());
  }
}
