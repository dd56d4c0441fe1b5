package dev.landfall.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HouseRulesTest {

  private static final JavaClasses CLASSES = AllModules.classes();

  private static final List<String> SATELLITES = List.of(
      "dev.landfall.format",
      "dev.landfall.ledger.jdbc",
      "dev.landfall.transport.http",
      "dev.landfall.download.apache",
      "dev.landfall.sink.jdbc");

  private static final int MOST_PUBLIC_TYPES = 4;

  @TestFactory
  Stream<DynamicTest> theHouseKeepsItsRules() {
    return HouseRules.all().entrySet().stream()
        .map(rule -> dynamicTest(
            rule.getKey(), () -> rule.getValue().allowEmptyShould(false).check(CLASSES)));
  }

  @TestFactory
  Stream<DynamicTest> aSatelliteShowsFewPublicTypes() {
    return SATELLITES.stream()
        .map(name -> dynamicTest(name, () -> {
          List<String> shown = CLASSES.stream()
              .filter(type -> type.getPackageName().startsWith(name))
              .filter(HouseRulesTest::isPublicTopLevel)
              .map(JavaClass::getSimpleName)
              .toList();
          assertTrue(!shown.isEmpty(), "nothing found in " + name);
          assertTrue(shown.size() <= MOST_PUBLIC_TYPES, shown.toString());
        }));
  }

  private static boolean isPublicTopLevel(JavaClass type) {
    return type.isTopLevelClass()
        && type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC);
  }

  @Test
  void theRulesSeeEveryModule() {
    assertTrue(AllModules.own().size() >= 9, AllModules.own().toString());
  }
}
