package dev.landfall.file;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the key of a stored file, such as {@code Customer groups/usmf/2026-11-23/1A2B....csv}.
 *
 * <p>The words in braces are {@code entity}, {@code legalEntity}, {@code date} and {@code time} of
 * the event in UTC ({@code 2026-11-23}, {@code 184501}), {@code eventId}, {@code name} of the file
 * at its source, and {@code format}. What the event does not have becomes {@code _}.
 *
 * <p>Values come from outside, so none can change the shape of the key: letters, digits, blanks and
 * {@code -_.()} stay, every other character is percent-encoded in UTF-8, as are a dot at either
 * end, a blank at either end, and the first letter of a name that Windows reserves. A value over
 * 120 bytes is cut there and ends with 16 digits of its SHA-256. Immutable.
 */
public final class KeyTemplate {

  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z]+)}");
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_()";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int LONGEST_VALUE = 120;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul");
  private static final Pattern RESERVED_WITH_NUMBER = Pattern.compile("(com|lpt)[0-9]");

  private static final Map<String, Function<ExportedFile, String>> VALUES = Map.of(
      "entity", file -> file.event().entity().orElse(""),
      "legalEntity", file -> file.event().legalEntity().map(Object::toString).orElse(""),
      "date", file -> DATE.format(file.event().time()),
      "time", file -> TIME.format(file.event().time()),
      "eventId", file -> file.event().id().value(),
      "name", ExportedFile::name,
      "format", file -> file.format().extension());

  private final String template;
  private final List<Function<ExportedFile, String>> pieces;

  private KeyTemplate(String template) {
    this.template = template;
    this.pieces = pieces(template);
  }

  /** What stands between the words, and their values, in order. */
  private static List<Function<ExportedFile, String>> pieces(String template) {
    List<Function<ExportedFile, String>> pieces = new ArrayList<>();
    Matcher places = PLACE.matcher(template);
    int done = 0;
    while (places.find()) {
      String fixed = template.substring(done, places.start());
      Function<ExportedFile, String> value = Objects.requireNonNull(VALUES.get(places.group(1)));
      pieces.add(file -> fixed + safe(value.apply(file)));
      done = places.end();
    }
    String rest = template.substring(done);
    pieces.add(file -> rest);
    return List.copyOf(pieces);
  }

  /**
   * Checks a template.
   *
   * @param template parts between slashes, with words in braces
   * @return the template
   * @throws IllegalArgumentException if a word is unknown, a brace is left over, a part is empty,
   *     {@code .} or {@code ..}, or it begins with a slash
   */
  public static KeyTemplate of(String template) {
    Matcher places = PLACE.matcher(template);
    while (places.find()) {
      if (!VALUES.containsKey(places.group(1))) {
        throw new IllegalArgumentException("A key template knows the words %s, not {%s}."
            .formatted(VALUES.keySet().stream().sorted().toList(), places.group(1)));
      }
    }
    String fixed = PLACE.matcher(template).replaceAll("x");
    for (String part : fixed.split("/", -1)) {
      if (part.isBlank() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException(
            "A key template is parts between slashes, none empty, . or ..; \"%s\" is not."
                .formatted(template));
      }
    }
    if (fixed.matches(".*[{}\\\\\\p{Cntrl}:*?\"<>|].*")) {
      throw new IllegalArgumentException(
          "A key template has no braces left over, no backslash and none of :*?\"<>|; \"%s\" has."
              .formatted(template));
    }
    return new KeyTemplate(template);
  }

  /**
   * {@return the key of a file: parts between slashes, none of them empty, {@code .} or {@code ..}}
   *
   * @param file whose event and name fill the template
   */
  public String keyOf(ExportedFile file) {
    StringBuilder key = new StringBuilder();
    pieces.forEach(piece -> key.append(piece.apply(file)));
    return key.toString();
  }

  private static String safe(String value) {
    StringBuilder safe = new StringBuilder();
    int last = value.length() - 1;
    boolean reserved = isReserved(value);
    for (int i = 0; i <= last; ) {
      int character = value.codePointAt(i);
      boolean edge = i == 0 || i == last;
      if (isPlain(character, edge) && !(i == 0 && reserved)) {
        safe.appendCodePoint(character);
      } else {
        encode(character, safe);
      }
      i += Character.charCount(character);
    }
    return safe.length() == 0 ? "_" : shorten(safe.toString(), value);
  }

  private static boolean isPlain(int character, boolean edge) {
    return PLAIN.indexOf(character) >= 0 || (!edge && (character == '.' || character == ' '));
  }

  private static boolean isReserved(String value) {
    String stem = value.toLowerCase(Locale.ROOT).split("\\.", 2)[0].strip();
    return RESERVED.contains(stem) || RESERVED_WITH_NUMBER.matcher(stem).matches();
  }

  private static void encode(int character, StringBuilder safe) {
    for (byte unit : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
      safe.append('%').append(HEX.toHexDigits(unit));
    }
  }

  private static String shorten(String safe, String value) {
    if (safe.length() <= LONGEST_VALUE) {
      return safe;
    }
    String digest = Sha256.of(value.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16);
    return safe.substring(0, LONGEST_VALUE - 17) + "~" + digest;
  }

  @Override
  public String toString() {
    return template;
  }
}
