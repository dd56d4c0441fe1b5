package dev.landfall.file;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the key of a stored file, such as {@code Customer groups/usmf/2026-11-23/1A2B....csv}.
 *
 * <p>The words in braces are {@code entity}, {@code legalEntity}, {@code date} and {@code time} of
 * the event in UTC ({@code 2026-11-23}, {@code 184501}), {@code eventId}, {@code name} of the file
 * at its source, {@code format}, and {@code sha256} of its bytes, 64 digits.
 *
 * <p>Values come from outside, so none can change the shape of the key: what could is
 * percent-encoded and can be read back. A value over 120 bytes is cut there and ends with 16 digits
 * of its SHA-256. Immutable.
 */
public final class KeyTemplate {

  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z0-9]+)}");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A word's value, and the form that all its values have. */
  private record Word(Function<ExportedFile, String> value, String form) {}

  private static final String ANY = "[^/]+";

  private static final Map<String, Word> WORDS = Map.of(
      "entity", new Word(file -> file.event().entity().orElse(""), ANY),
      "legalEntity",
          new Word(file -> file.event().legalEntity().map(Object::toString).orElse(""), ANY),
      "date", new Word(file -> DATE.format(file.event().time()), "[0-9]{4}-[0-9]{2}-[0-9]{2}"),
      "time", new Word(file -> TIME.format(file.event().time()), "[0-9]{6}"),
      "eventId", new Word(file -> file.event().id().value(), ANY),
      "name", new Word(ExportedFile::name, ANY),
      "format", new Word(file -> file.format().extension(), "[a-z0-9]{1,16}"),
      "sha256", new Word(file -> file.sha256().hex(), "[0-9a-f]{64}"));

  private final String template;
  private final List<Function<ExportedFile, String>> pieces;
  private final Pattern form;

  private KeyTemplate(String template, KeyText text) {
    this.template = template;
    List<Function<ExportedFile, String>> found = new ArrayList<>();
    StringBuilder all = new StringBuilder();
    Matcher places = PLACE.matcher(template);
    int done = 0;
    while (places.find()) {
      String fixed = template.substring(done, places.start());
      Word word = Objects.requireNonNull(WORDS.get(places.group(1)));
      boolean inName = places.start() > template.lastIndexOf('/');
      found.add(file -> fixed + text.of(word.value().apply(file), inName));
      all.append(Pattern.quote(fixed)).append(word.form());
      done = places.end();
    }
    String rest = template.substring(done);
    found.add(file -> rest);
    this.pieces = List.copyOf(found);
    this.form = Pattern.compile(all.append(Pattern.quote(rest)).toString());
  }

  /**
   * Checks a template for folders and plain keys.
   *
   * <p>Of its values, letters, digits, blanks and {@code -_.()} stay; every other character is
   * percent-encoded in UTF-8, as are a dot at either end, a blank at either end, and the first
   * letter of a name that Windows reserves. What the event does not have becomes {@code _}.
   *
   * @param template parts between slashes, with words in braces
   * @return the template
   * @throws IllegalArgumentException if a word is unknown, a brace is left over, a part is empty,
   *     {@code .} or {@code ..}, or it begins with a slash
   */
  public static KeyTemplate of(String template) {
    return new KeyTemplate(checked(template), KeyText.FOLDERS);
  }

  /**
   * Checks a template for partitions in the manner of Hive, such as
   * {@code entity={entity}/dt={date}/{eventId}.csv}, which Spark, Trino and Athena read as well.
   *
   * <p>Its values are written so that these read them back: of the characters up to U+00FF, letters
   * and digits of ASCII, blanks and {@code -_.()} stay and every other becomes {@code %XX} of its
   * number, as does a dot, a blank or a low line at the beginning; all others stay. What the event
   * does not have becomes {@code __HIVE_DEFAULT_PARTITION__}, which they read as null.
   *
   * @param template parts between slashes, with words in braces; the last part, which is the name
   *     of a file, does not begin with {@code _}, which would hide it
   * @return the template
   * @throws IllegalArgumentException if it is no template, see {@link #of}, or its files would be
   *     hidden
   */
  public static KeyTemplate partitioned(String template) {
    String last = checked(template).substring(template.lastIndexOf('/') + 1);
    if (last.startsWith("_") || last.startsWith(".")) {
      throw new IllegalArgumentException(
          "A file whose name begins with _ or . is hidden from those who read partitions; let the last part of \"%s\" begin with something else."
              .formatted(template));
    }
    return new KeyTemplate(template, KeyText.PARTITIONS);
  }

  private static String checked(String template) {
    Matcher places = PLACE.matcher(template);
    while (places.find()) {
      if (!WORDS.containsKey(places.group(1))) {
        throw new IllegalArgumentException("A key template knows the words %s, not {%s}."
            .formatted(WORDS.keySet().stream().sorted().toList(), places.group(1)));
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
    return template;
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

  /** {@return what all of its keys begin with: the template up to its first word; may be empty} */
  public String beginning() {
    Matcher places = PLACE.matcher(template);
    return places.find() ? template.substring(0, places.start()) : template;
  }

  /**
   * {@return whether a key has the form of those that this template makes}
   *
   * @param key any text
   */
  public boolean fits(String key) {
    return form.matcher(key).matches();
  }

  @Override
  public String toString() {
    return template;
  }
}
