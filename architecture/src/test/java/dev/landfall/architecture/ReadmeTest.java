package dev.landfall.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is code that compiles, early in the page and short. */
class ReadmeTest {

  private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir
  Path classes;

  private static String readme() throws IOException {
    return Files.readString(Path.of("..", "README.md"));
  }

  @Test
  void everyProgramCompiles() throws IOException {
    List<String> programs =
        PROGRAM.matcher(readme()).results().map(program -> program.group(1)).toList();
    assertTrue(programs.size() >= 2, "the README shows a pipeline and a contract");
    for (String program : programs) {
      var problems = new DiagnosticCollector<JavaFileObject>();
      var task = ToolProvider.getSystemJavaCompiler()
          .getTask(
              null,
              null,
              problems,
              List.of("-proc:none", "-d", classes.toString()),
              null,
              List.of(unit(program)));
      task.call();
      assertEquals(List.of(), problems.getDiagnostics());
    }
  }

  @Test
  void theFirstProgramStandsBeforeLine60() throws IOException {
    String page = readme();
    Matcher program = PROGRAM.matcher(page);
    assertTrue(program.find());
    assertTrue(page.substring(0, program.end()).lines().count() <= 61);
  }

  private static JavaFileObject unit(String source) {
    URI name = URI.create("string:///Program.java");
    return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }
}
