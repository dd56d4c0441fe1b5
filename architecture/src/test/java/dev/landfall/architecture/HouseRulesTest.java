package dev.landfall.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HouseRulesTest {

  private static final JavaClasses CLASSES = AllModules.classes();

  /**
   * How many public types each may show; format has records, packages and four formats, HTTP many
   * ways in.
   */
  private static final Map<String, Integer> SATELLITES = Map.of(
      "dev.landfall.format", 15,
      "dev.landfall.ledger.jdbc", 4,
      "dev.landfall.transport.finops", 11,
      "dev.landfall.transport.http", 11,
      "dev.landfall.transport.servicebus", 3,
      "dev.landfall.download.apache", 4,
      "dev.landfall.sink.jdbc", 4,
      "dev.landfall.sink.s3", 2,
      "dev.landfall.emulator.servicebus", 5);

  @TestFactory
  Stream<DynamicTest> theHouseKeepsItsRules() {
    return HouseRules.all().entrySet().stream()
        .map(rule -> dynamicTest(
            rule.getKey(), () -> rule.getValue().allowEmptyShould(false).check(CLASSES)));
  }

  @TestFactory
  Stream<DynamicTest> aSatelliteShowsFewPublicTypes() {
    return SATELLITES.entrySet().stream()
        .map(limit -> dynamicTest(limit.getKey(), () -> {
          List<String> shown = CLASSES.stream()
              .filter(type -> type.getPackageName().startsWith(limit.getKey()))
              .filter(HouseRulesTest::isPublicTopLevel)
              .map(JavaClass::getSimpleName)
              .toList();
          assertTrue(!shown.isEmpty(), "nothing found in " + limit.getKey());
          assertTrue(shown.size() <= limit.getValue(), shown.toString());
        }));
  }

  private static boolean isPublicTopLevel(JavaClass type) {
    return type.isTopLevelClass()
        && type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC);
  }

  @Test
  void theRulesSeeEveryModule() {
    assertTrue(AllModules.own().size() >= 10, AllModules.own().toString());
  }
}
