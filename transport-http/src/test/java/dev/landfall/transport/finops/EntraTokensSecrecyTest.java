package dev.landfall.transport.finops;

import static dev.landfall.transport.finops.EntraTokensTest.APPLICATION;
import static dev.landfall.transport.finops.EntraTokensTest.ENVIRONMENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.landfall.file.FetchException;
import dev.landfall.transport.finops.EntraAuthority.Answer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EntraTokensSecrecyTest {

  private static final String SECRET = "THE-SECRET-of-the-application";
  private static final String TOKEN = "THE-TOKEN-of-the-environment";

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Logger root = Logger.getLogger("");
  private final Level before = root.getLevel();
  private final Handler recorder = new Handler() {
    @Override
    public void publish(LogRecord entry) {
      logged.add(entry.getLoggerName() + " " + new SimpleFormatter().format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  @BeforeEach
  void listen() {
    recorder.setLevel(Level.ALL);
    root.addHandler(recorder);
    root.setLevel(Level.ALL);
  }

  @AfterEach
  void stopListening() {
    root.setLevel(before);
    root.removeHandler(recorder);
  }

  @Test
  void noSecretAndNoTokenIsInAnyTextWhateverGoesWrong(@TempDir Path folder) throws Exception {
    EntraClock clock = new EntraClock();
    String both = SECRET + " " + TOKEN;
    List<Answer> answers = List.of(
        Answer.token(TOKEN, 3600),
        Answer.token(TOKEN + "\\n", 3600),
        Answer.token(TOKEN, 0),
        Answer.refusal(401, "7000215", "Invalid client secret: " + both),
        Answer.refusal(400, "1234567", both),
        Answer.refusal(429, "90055", both),
        Answer.refusal(503, "7000215", both),
        new Answer(200, Map.of(), both),
        new Answer(200, Map.of("X-Echo", both), "{\"access_token\":\"" + TOKEN),
        new Answer(400, Map.of(), "{\"error\":\"" + both + "\"}"),
        new Answer(
            400, Map.of(), "{\"error\":\"invalid_grant\",\"error_description\":\"" + both + "\"}"),
        new Answer(500, Map.of("Retry-After", both), both),
        new Answer(302, Map.of("Location", "https://127.0.0.1:1/?" + TOKEN), both));
    try (EntraAuthority entra =
        new EntraAuthority(EntraAuthority.keyStore(folder.resolve("x.p12"), "RSA", 2048))) {
      EntraTokensBuilder builder = EntraTokens.of("contoso.onmicrosoft.com", APPLICATION)
          .authority(entra.address())
          .trusting(entra.trust())
          .clock(clock)
          .secret(SECRET);
      EntraTokens tokens = builder.forEnvironment(ENVIRONMENT);
      requireNone(builder + " " + tokens);
      for (Answer answer : answers) {
        entra.answers(answer);
        try {
          assertEquals(TOKEN, tokens.get());
          assertEquals(answers.get(0), answer);
        } catch (FetchException failed) {
          StringWriter text = new StringWriter();
          failed.printStackTrace(new PrintWriter(text));
          requireNone(text.toString());
        }
        requireNone(tokens.toString());
        clock.turn(Duration.ofHours(2));
      }
      entra.answers(call -> Answer.BROKEN);
      assertThrows(FetchException.class, tokens::get);
      assertEquals(answers.size() + 1, entra.calls().size());
    }
    requireNone(new EntraToken(TOKEN, Duration.ofHours(1)).toString());
    assertTrue(
        logged.stream().anyMatch(entry -> entry.contains("msal4j")),
        "Nothing was logged by MSAL, so nothing was tested.");
    logged.forEach(EntraTokensSecrecyTest::requireNone);
  }

  private static void requireNone(String text) {
    assertFalse(text.contains("THE-SECRET"), text);
    assertFalse(text.contains("THE-TOKEN"), text);
  }
}
