package dev.landfall.sink.s3;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How another process of the Java that runs the tests is started. */
final class JavaProgram {

  private JavaProgram() {}

  static List<String> command(List<String> options, List<String> program) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.addAll(program);
    return words;
  }

  /** {@return the command for a class of these tests} */
  static List<String> command(List<String> options, Class<?> main, List<String> arguments) {
    List<String> program = new ArrayList<>();
    program.add("-cp");
    program.add(System.getProperty("java.class.path"));
    program.add(main.getName());
    program.addAll(arguments);
    return command(options, program);
  }
}
