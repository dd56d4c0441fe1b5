package dev.landfall.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule fails as soon as somebody writes what it forbids. */
class RulesCatchTest {

  @TempDir
  Path classes;

  static Stream<Arguments> whatIsForbidden() {
    return Stream.of(
        forbidden(
            "dev.landfall.event looks down only",
            "dev.landfall.event",
            "class Bad { dev.landfall.spi.Delivery up; }"),
        forbidden(
            "dev.landfall.spi looks down only",
            "dev.landfall.spi",
            "class Bad { dev.landfall.json.EventReader beside; }"),
        forbidden(
            "dev.landfall.engine looks down only",
            "dev.landfall.engine",
            "class Bad { dev.landfall.Route up; }"),
        forbidden(
            "dev.landfall looks down only",
            "dev.landfall",
            "class Bad { dev.landfall.format.Bad2 satellite; }",
            "package dev.landfall.format; public class Bad2 {}"),
        forbidden(
            "no packages know each other in a circle",
            "dev.landfall.format",
            "public class Bad { dev.landfall.format.inner.Bad2 there; }",
            "package dev.landfall.format.inner; public class Bad2 { dev.landfall.format.Bad back; }"),
        forbidden(
            "dev.landfall.sink.jdbc.. knows no sibling",
            "dev.landfall.sink.jdbc",
            "class Bad { dev.landfall.ledger.jdbc.Bad2 sibling; }",
            "package dev.landfall.ledger.jdbc; public class Bad2 {}"),
        forbidden(
            "dev.landfall.emulator.. knows no sibling",
            "dev.landfall.emulator",
            "class Bad { dev.landfall.event.EventId core; }"),
        forbidden(
            "only json knows Jackson",
            "dev.landfall.download",
            "class Bad { com.fasterxml.jackson.core.JsonParser parsed; }"),
        forbidden(
            "only download knows java.net.http",
            "dev.landfall.engine",
            "class Bad { java.net.http.HttpClient client; }"),
        forbidden(
            "core shows no foreign type",
            "dev.landfall.json",
            "public class Bad { public java.util.List<com.fasterxml.jackson.core.JsonParser> all() {"
                + " return java.util.List.of(); } }"),
        forbidden("no junk-drawer packages", "dev.landfall.event.util", "class Bad {}"),
        forbidden("every package is null-marked", "dev.landfall.bare", "class Bad {}"),
        forbidden(
            "time comes from a clock",
            "dev.landfall.engine",
            "class Bad { Object now() { return java.time.Instant.now(); } }"),
        forbidden(
            "time comes from a clock",
            "dev.landfall.engine",
            "class Bad { void rest() throws Exception { Thread.sleep(1); } }"),
        forbidden(
            "parts are wired in plain code",
            "dev.landfall.engine",
            "class Bad { Object find() { return java.util.ServiceLoader.load(Runnable.class); } }"),
        forbidden(
            "parts are wired in plain code",
            "dev.landfall.engine",
            "class Bad { void set() { System.setProperty(\"a\", \"b\"); } }"));
  }

  private static Arguments forbidden(String rule, String inPackage, String code, String... more) {
    return Arguments.of(rule, "package " + inPackage + "; " + code, List.of(more));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("whatIsForbidden")
  void theRuleFails(String name, String code, List<String> more) throws IOException {
    compile(Stream.concat(Stream.of(code), more.stream()).toList());
    ArchRule rule = Objects.requireNonNull(HouseRules.all().get(name), name);
    JavaClasses bad = new ClassFileImporter().importPath(classes);
    EvaluationResult result = rule.allowEmptyShould(true).evaluate(bad);
    assertTrue(result.hasViolation(), "the rule let it pass");
    assertTrue(
        result.getFailureReport().getDetails().toString().contains("Bad"),
        result.getFailureReport().toString());
  }

  @Test
  void goodCodePasses() throws IOException {
    compile(List.of("package dev.landfall.engine; class Good { dev.landfall.spi.Delivery down;"
        + " java.time.Instant at(java.time.Clock clock) { return clock.instant(); } }"));
    JavaClasses good = new ClassFileImporter().importPath(classes);
    HouseRules.all().forEach((name, rule) -> {
      if (!name.equals("every package is null-marked")) {
        assertFalse(rule.allowEmptyShould(true).evaluate(good).hasViolation(), name);
      }
    });
  }

  private void compile(List<String> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> units =
        sources.stream().<JavaFileObject>map(RulesCatchTest::unit).toList();
    List<String> options = List.of("-proc:none", "-d", classes.toString());
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      assertTrue(compiler.getTask(null, files, null, options, null, units).call());
    }
  }

  private static JavaFileObject unit(String source) {
    String type =
        source.contains("class Bad2") ? "Bad2" : source.contains("class Good") ? "Good" : "Bad";
    URI name = URI.create("string:///" + type + ".java");
    return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }
}
