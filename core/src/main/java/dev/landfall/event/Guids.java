package dev.landfall.event;

import java.util.Optional;
import java.util.UUID;

/** GUIDs as F&amp;O writes them: in either case, with braces until 2019 and bare since. */
final class Guids {

  private static final int LENGTH = 36;

  private Guids() {}

  /** Without blanks around it. */
  static Optional<UUID> read(String text) {
    return isGuid(text) ? Optional.of(UUID.fromString(bare(text))) : Optional.empty();
  }

  /** Whether it is a GUID in one of the two forms; called for every event, so without a pattern. */
  static boolean isGuid(String text) {
    int begin = 0;
    if (text.length() == LENGTH + 2 && text.charAt(0) == '{' && text.charAt(LENGTH + 1) == '}') {
      begin = 1;
    } else if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(begin + i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !isHexDigit(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHexDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
  }

  /** A GUID without its braces. */
  static String bare(String guid) {
    return guid.length() == LENGTH ? guid : guid.substring(1, LENGTH + 1);
  }
}
