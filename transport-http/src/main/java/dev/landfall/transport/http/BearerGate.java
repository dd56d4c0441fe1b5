package dev.landfall.transport.http;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets senders in by their tokens. */
final class BearerGate {

  private static final Logger LOG = LoggerFactory.getLogger(BearerGate.class);
  private static final String SCHEME = "bearer ";
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int LONGEST = 16 * 1024;

  private final BearerTokens tokens;
  private final TokenKeys keys;
  private final Clock clock;
  private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - PAUSE.toNanos());

  BearerGate(BearerTokens tokens, Clock clock) {
    this.tokens = tokens;
    this.keys = new TokenKeys(tokens.keys());
    this.clock = clock;
  }

  /** What is thought of a token. */
  enum Verdict {
    ADMITTED,
    REFUSED,
    /** It cannot be told before the keys are there. */
    UNDECIDED
  }

  Verdict judge(@Nullable String header) {
    if (header == null
        || header.length() > LONGEST
        || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Verdict.REFUSED;
    }
    SignedJWT token;
    try {
      token = SignedJWT.parse(header.substring(SCHEME.length()).strip());
    } catch (ParseException | RuntimeException malformed) {
      // The reader trips over a header that is null.
      return Verdict.REFUSED;
    }
    TokenKeys.Found found = keys.find(token.getHeader().getKeyID());
    if (found.standing() == TokenKeys.Standing.PENDING) {
      return Verdict.UNDECIDED;
    }
    String fault = found.key() == null
        ? "its key is not one of the tenant's"
        : tokens.fault(token, found.key(), clock).orElse("");
    if (fault.isEmpty()) {
      return Verdict.ADMITTED;
    }
    tell(fault);
    return Verdict.REFUSED;
  }

  /** Anybody can send what is refused, so the log hears of it now and then. */
  private void tell(String fault) {
    long now = System.nanoTime();
    long last = toldAt.get();
    if (now - last >= PAUSE.toNanos() && toldAt.compareAndSet(last, now)) {
      LOG.warn("A sender's token is refused: {}. Others may be, too.", fault);
    }
  }

  static WebhookAnswer undecided() {
    return WebhookAnswer.tryLater(PAUSE, "The keys that tokens are signed with are not there yet.");
  }
}
