package dev.landfall.format;

import dev.landfall.event.Redaction;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names in a zip. None is ever used as a path here; they are checked all the same, because a name
 * that only an attack needs has no place among exports.
 */
final class ZipNames {

  private static final int UTF_8 = 1 << 11;
  private static final int LONGEST_SHOWN = 80;
  private static final Charset CP437 = Charset.forName("IBM437");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
  private static final Pattern RESERVED =
      Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³])");

  private ZipNames() {}

  /**
   * {@return the name of an entry, with slashes between its folders}
   *
   * <p>Without the flag for UTF-8 the standard has code page 437, but many write UTF-8 all the
   * same; names that happen to be both are rare, and the manifest must have the name too.
   */
  static String decoded(ZipDirectory.Entry entry) {
    byte[] bytes = entry.rawName().getBytes(StandardCharsets.ISO_8859_1);
    String name;
    try {
      name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      if ((entry.flags() & UTF_8) != 0) {
        throw new MalformedFileException(
            "A zip has a name that is told to be UTF-8 and is not. Export the file again.",
            notUtf8);
      }
      name = new String(bytes, CP437);
    }
    return slashed(name);
  }

  /** {@return a name with slashes where some systems have backslashes} */
  static String slashed(String name) {
    return name.replace('\\', '/');
  }

  /** {@return what two names have in common that are one on some systems} */
  static String folded(String name) {
    return slashed(name).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** {@return the name without its folders} */
  static String last(String name) {
    String slashed = slashed(name);
    return slashed.substring(slashed.lastIndexOf('/') + 1);
  }

  /** Refuses a name that leads elsewhere, or that some system takes for something else. */
  static void check(String name, int longest) {
    String fault = fault(name, longest);
    if (fault != null) {
      throw new MalformedFileException(
          "A name in a data package or workbook leads nowhere else and suits every system; %s %s. Export it under another name."
              .formatted(shown(name), fault),
          null);
    }
  }

  private static @Nullable String fault(String name, int longest) {
    if (name.length() > longest) {
      return "has %d characters and may have %d (limit 'longest name')"
          .formatted(name.length(), longest);
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      return "has a control character";
    }
    if (name.startsWith("/") || DRIVE.matcher(name).matches()) {
      return "is a place on a disk";
    }
    String[] parts = name.split("/", -1);
    int last = name.endsWith("/") ? parts.length - 1 : parts.length;
    for (int i = 0; i < last; i++) {
      String fault = faultOfPart(parts[i]);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String faultOfPart(String part) {
    if (part.isBlank()) {
      return "has an empty part";
    }
    if (part.equals("..") || part.equals(".")) {
      return "has a part " + part;
    }
    if (part.endsWith(".") || part.endsWith(" ")) {
      return "has a part that ends with a dot or a blank";
    }
    if (part.indexOf(':') >= 0) {
      return "has a colon";
    }
    return RESERVED.matcher(part.split("\\.", 2)[0].strip()).matches()
        ? "has a part that Windows takes for a device"
        : null;
  }

  /** {@return a name as it can be printed, in quotes} */
  static String shown(String name) {
    String some = name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "...";
    return '"' + Redaction.of(some).replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
