package dev.landfall.transport.finops;

import dev.landfall.event.Payload;
import dev.landfall.event.Reason;
import dev.landfall.event.Redaction;
import dev.landfall.file.FetchException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an environment answered.
 *
 * @param status of HTTP
 * @param object the body, if it is a JSON object and not longer than was asked for
 * @param retryAfter how long it wants to be left alone
 */
record FinopsAnswer(int status, Optional<Payload> object, Duration retryAfter) {

  private static final int MOST_SHOWN = 300;

  /**
   * {@return what is wrong if this is not what was asked for, with F&amp;O's own words}
   *
   * @param what was asked for
   */
  FetchException refusal(String what) {
    String advice = status / 100 == 3
        ? " A redirect leads to a sign-in and is not followed; the token is not accepted, or the environment is on-premises and does not offer this."
        : status == 401 || status == 403
            ? " The token is not accepted; its application must be registered in F&O and its user"
                + " have the rights of data management."
            : "";
    String told = told().map(message -> ": " + shown(message)).orElse("");
    return passing("F&O refuses %s (status %d)%s".formatted(what, status, told) + advice, null)
        .askingFor(retryAfter);
  }

  /** {@return F&amp;O's own words of an error; OData puts what helps in {@code innererror}} */
  Optional<String> told() {
    return object
        .flatMap(read -> read.nested("error"))
        .flatMap(error -> error
            .nested("innererror")
            .flatMap(inner -> inner.text("message"))
            .or(() -> error.text("message")));
  }

  /** {@return foreign words in a line, cut, without secrets} */
  static String shown(String message) {
    String plain = Redaction.of(message.replaceAll("\\p{Cntrl}+", " ").strip());
    return plain.length() > MOST_SHOWN ? plain.substring(0, MOST_SHOWN) + "..." : plain;
  }

  static FetchException passing(String message, @Nullable Exception cause) {
    return FetchException.passing(Reason.FILE_UNAVAILABLE, message + ".", cause);
  }
}
