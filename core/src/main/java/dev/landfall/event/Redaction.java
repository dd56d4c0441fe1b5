package dev.landfall.event;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blanks what a link keeps secret, wherever in a text it stands.
 *
 * <p>Texts of drivers and parsers quote links in many spellings: percent-encoded once or more
 * often, with the escapes of JSON or of HTML. Where it is in doubt what ends a secret, too much is
 * blanked.
 */
public final class Redaction {

  private static final String EQUALS = "(?:=|%(?:25){0,4}3d|\\\\u003d|&#61;|&#x3d;|&equals;)";
  private static final String QUESTION_MARK = "(?:\\?|%(?:25){0,4}3f|\\\\u003f|&#63;|&#x3f;)";

  private static final String USER = "(?<user>:(?:\\\\?/){2})[^\\s/?#\"'<>]{0,1000}(?=@)";
  private static final String ENCODED_USER = "(?<encoded>%(?:25){0,4}3a(?:%(?:25){0,4}2f){2})"
      + "(?:(?!%(?:25){0,4}[23]f)[^\\s/?#\"'<>]){0,1000}(?=%(?:25){0,4}40)";
  private static final String QUERY = QUESTION_MARK + "[^\\s\"'<>]+";

  /** Decoded once too often, a plus of the signature is a blank. */
  private static final String SIGNATURE =
      "(?<sig>sig" + EQUALS + ")(?:[a-z0-9+/ ]{43}=)?[^\\s\"'<>&]*";

  private static final Pattern SECRET = Pattern.compile(
      String.join("|", USER, ENCODED_USER, QUERY, SIGNATURE), Pattern.CASE_INSENSITIVE);

  /** Each of the alternatives needs one of these; most texts have none. */
  private static final String SUSPICIOUS = "@%?&=\\";

  private Redaction() {}

  /**
   * {@return a text without what links in it keep secret: their queries, any {@code sig=}, and user
   * information before a host, each replaced by three dots}
   *
   * @param text such as the message of an exception; links in it may be percent-encoded or escaped
   */
  public static String of(String text) {
    return isSuspicious(text)
        ? SECRET.matcher(text).replaceAll(secret -> Matcher.quoteReplacement(blanked(secret)))
        : text;
  }

  private static boolean isSuspicious(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (SUSPICIOUS.indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static String blanked(MatchResult secret) {
    for (int group = 1; group <= secret.groupCount(); group++) {
      if (secret.group(group) != null) {
        return secret.group(group) + "...";
      }
    }
    return "?...";
  }
}
