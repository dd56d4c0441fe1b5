package dev.landfall.testkit;

import java.nio.file.Path;
import java.util.List;

/** Names of files, entities and companies as nobody should send them. */
final class HostileNames {

  private HostileNames() {}

  /** {@return the names; one of them is an absolute path to {@code outside}} */
  static List<String> all(Path outside) {
    return List.of(
        "../../x",
        "..\\..\\x",
        "..",
        ".",
        "/",
        outside.toString(),
        "C:\\x",
        "file:///x",
        "a/../../../x.csv",
        "%2e%2e%2fx",
        "nul\0byte.csv",
        "line\r\nbreak\tand\u001B[31mescape",
        "CON",
        "nul.csv",
        "COM1.txt",
        "-rf",
        "~",
        "trailing dot.",
        "trailing blank ",
        "'; DROP TABLE customers; --",
        "\"quoted\"",
        "$(id)`id`|&<>*?:",
        "{event}%s%n",
        "Größe 顧客 \uD83D\uDEA2",
        "e\u0301 and \u00E9",
        "\u202Efsc.exe",
        "\uD83D lone surrogate",
        "x".repeat(300),
        "\u9867".repeat(120),
        "y".repeat(20_000) + ".csv");
  }

  /** {@return as much of a name as a company can have} */
  static String asCompany(String name) {
    String word = name.replaceAll("\\p{Cntrl}", "?");
    return word.substring(0, Math.min(word.length(), 128));
  }

  /** {@return a name as it can be printed} */
  static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .limit(40)
        .forEach(
            c -> shown.append(c < 32 || c > 126 ? "\\u%04x".formatted(c) : Character.toString(c)));
    return "a name of %d characters, '%s'".formatted(name.length(), shown);
  }
}
