package dev.landfall.bench.frame;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program to run as a child.
 *
 * @param words the program and its arguments
 */
public record Command(List<String> words) {

  /**
   * Keeps a copy.
   *
   * @param words the program and its arguments
   */
  public Command {
    words = List.copyOf(words);
  }

  /**
   * {@return a program of the system, such as {@code curl}}
   *
   * @param words the program and its arguments
   */
  public static Command of(String... words) {
    return new Command(List.of(words));
  }

  /**
   * {@return a class with a {@code main}, in a virtual machine of its own with the class path of
   * this one}
   *
   * @param main the class
   * @param heap the most it may take, such as {@code 256m}
   * @param arguments for the class
   */
  public static Command java(Class<?> main, String heap, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + heap);
    // Drivers load native libraries, which newer JDKs want announced.
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(main.getName());
    words.addAll(List.of(arguments));
    return new Command(words);
  }

  /**
   * {@return a jar that starts itself, in a virtual machine of its own}
   *
   * @param jar where it is
   * @param heap the most it may take, such as {@code 256m}
   * @param arguments for the program
   */
  public static Command jar(Path jar, String heap, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + heap);
    words.add("-jar");
    words.add(jar.toString());
    words.addAll(List.of(arguments));
    return new Command(words);
  }

  /** {@return what to call it in a message} */
  String name() {
    return Path.of(words.get(0)).getFileName().toString();
  }
}
