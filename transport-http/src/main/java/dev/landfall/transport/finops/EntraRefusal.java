package dev.landfall.transport.finops;

import dev.landfall.event.Payload;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is told when Entra gives no token: what a person has to change, where it is that.
 *
 * <p>Of Entra's own words only the codes are passed on. Source: Microsoft, "Microsoft Entra
 * authentication and authorization error codes".
 */
final class EntraRefusal {

  private static final Pattern CODE = Pattern.compile("AADSTS([0-9]{3,9})");
  private static final Pattern ERROR = Pattern.compile("[a-z_]{1,40}");

  /** Who asks for more is asked again by then. */
  private static final int LONGEST_PAUSE = 600;

  private static final Map<String, String> ADVICE = Map.ofEntries(
      Map.entry("7000215", "The secret is wrong; give its value, not its id."),
      Map.entry("7000222", "The secret has expired; make a new one in Entra and give that."),
      Map.entry(
          "700016",
          "The tenant does not know the application; check the ids of both, and the cloud."),
      Map.entry("90002", "There is no such tenant; check its id, and the cloud."),
      Map.entry("900023", "There is no such tenant; check its id, and the cloud."),
      Map.entry("70011", "The scope is not one; check the address of the environment."),
      Map.entry(
          "500011",
          "The tenant does not know the environment; check its address, and whether it is of that tenant."),
      Map.entry(
          "700027",
          "The certificate is not that of the application, or it has expired; upload it in Entra, or give another."),
      Map.entry(
          "7000216", "The application needs a secret or a certificate that it was not given."),
      Map.entry("7000112", "The application is disabled; a person has to enable it in Entra."),
      Map.entry(
          "700024", "What was signed is not valid now; set the clock of this machine right."));

  private EntraRefusal() {}

  static FetchException of(
      int status,
      Optional<Payload> body,
      Optional<String> retryAfter,
      String application,
      String resource) {
    String code = body.flatMap(read -> read.text("error_description"))
        .map(CODE::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .orElse("");
    String told = "Entra gives the application %s no token for %s (status %d%s)."
        .formatted(application, resource, status, named(code, body));
    boolean heals = status == 429 || status >= 500;
    @Nullable String advice = heals ? null : ADVICE.get(code);
    if (advice != null) {
      return FetchException.permanent(Reason.FILE_UNAVAILABLE, told + " " + advice);
    }
    FetchException passing =
        FetchException.passing(Reason.FILE_UNAVAILABLE, told + hint(status, code), null);
    return retryAfter
        .map(String::strip)
        .filter(seconds -> seconds.matches("[0-9]{1,5}"))
        .map(seconds -> passing.askingFor(
            Duration.ofSeconds(Math.min(LONGEST_PAUSE, Integer.parseInt(seconds)))))
        .orElse(passing);
  }

  private static String named(String code, Optional<Payload> body) {
    return code.isEmpty()
        ? body.flatMap(read -> read.text("error"))
            .filter(error -> ERROR.matcher(error).matches())
            .map(", "::concat)
            .orElse("")
        : ", AADSTS" + code;
  }

  private static String hint(int status, String code) {
    if (status / 100 == 3) {
      return " A redirect is not followed; the authority may be another.";
    }
    return code.isEmpty()
        ? ""
        : " What it means is at https://login.microsoftonline.com/error?code=" + code + ".";
  }
}
