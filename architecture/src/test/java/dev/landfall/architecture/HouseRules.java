package dev.landfall.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** What may know what. */
final class HouseRules {

  /** Each package of core with its floor; arrows go from a higher floor to a lower one. */
  private static final Map<String, Integer> FLOORS = Map.of(
      "dev.landfall", 5,
      "dev.landfall.engine", 4,
      "dev.landfall.download", 3,
      "dev.landfall.spi", 2,
      "dev.landfall.json", 2,
      "dev.landfall.contract", 2,
      "dev.landfall.file", 1,
      "dev.landfall.event", 0);

  private static final String[] CORE = FLOORS.keySet().toArray(new String[0]);

  /** Each module beside core, and which of ours it may know besides itself. */
  private static final Map<String, List<String>> NEIGHBOURS = Map.ofEntries(
      Map.entry("dev.landfall.format..", List.of(CORE)),
      Map.entry("dev.landfall.ledger.jdbc..", List.of(CORE)),
      Map.entry("dev.landfall.transport.finops..", List.of(CORE)),
      Map.entry("dev.landfall.transport.http..", List.of(CORE)),
      Map.entry("dev.landfall.transport.servicebus..", List.of(CORE)),
      Map.entry("dev.landfall.download.apache..", List.of(CORE)),
      Map.entry("dev.landfall.sink.jdbc..", with(CORE, "dev.landfall.format..")),
      Map.entry("dev.landfall.sink.s3..", List.of(CORE)),
      Map.entry("dev.landfall.testkit..", List.of(CORE)),
      Map.entry("dev.landfall.emulator..", List.of()),
      Map.entry("dev.landfall.emulator.servicebus..", List.of()));

  private HouseRules() {}

  static Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("no packages know each other in a circle", noCircles());
    FLOORS.forEach(
        (name, floor) -> rules.put(name + " looks down only", looksDownOnly(name, floor)));
    NEIGHBOURS.forEach(
        (name, known) -> rules.put(name + " knows no sibling", knowsOnly(name, known)));
    rules.put("only json knows Jackson", onlyKnows("dev.landfall.json", "com.fasterxml.."));
    rules.put(
        "only download knows java.net.http", onlyKnows("dev.landfall.download", "java.net.http.."));
    rules.put("core shows no foreign type", coreShowsNoForeignType());
    rules.put("no junk-drawer packages", noJunkDrawers());
    rules.put("every package is null-marked", packagesAreNullMarked());
    rules.put("time comes from a clock", timeComesFromAClock());
    rules.put("parts are wired in plain code", wiredInPlainCode());
    return rules;
  }

  private static List<String> with(String[] some, String more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.add(more);
    return all;
  }

  private static ArchRule noCircles() {
    return slices()
        .assignedFrom(new SliceAssignment() {
          @Override
          public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
          }

          @Override
          public String getDescription() {
            return "packages";
          }
        })
        .should()
        .beFreeOfCycles();
  }

  private static ArchRule looksDownOnly(String name, int floor) {
    String[] notBelow = FLOORS.entrySet().stream()
        .filter(other -> other.getValue() >= floor && !other.getKey().equals(name))
        .map(Map.Entry::getKey)
        .toArray(String[]::new);
    return noClasses()
        .that(resideInAPackage(name))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(notBelow).or(resideInAPackage("dev.landfall..").and(notIn(CORE))));
  }

  private static ArchRule knowsOnly(String name, List<String> known) {
    return noClasses()
        .that()
        .resideInAPackage(name)
        .should()
        .dependOnClassesThat(resideInAPackage("dev.landfall..")
            .and(notIn(name))
            .and(notIn(known.toArray(new String[0]))));
  }

  private static ArchRule onlyKnows(String name, String vendor) {
    return noClasses()
        .that(resideInAnyPackage(CORE).and(notIn(name)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(vendor);
  }

  private static DescribedPredicate<JavaClass> notIn(String... packages) {
    return DescribedPredicate.not(resideInAnyPackage(packages));
  }

  private static ArchRule coreShowsNoForeignType() {
    return classes()
        .that(resideInAnyPackage(CORE))
        .and()
        .arePublic()
        .should(new ShowOnly("java..", "dev.landfall.."));
  }

  private static ArchRule noJunkDrawers() {
    return noClasses()
        .should()
        .resideInAnyPackage(
            "..util..", "..utils..", "..common..", "..helper..", "..impl..", "..internal..");
  }

  private static ArchRule packagesAreNullMarked() {
    return classes().should(new LiveInNullMarkedPackage());
  }

  private static ArchRule timeComesFromAClock() {
    return noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(OffsetDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .because("time is told by an injected " + Clock.class.getSimpleName());
  }

  private static ArchRule wiredInPlainCode() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ServiceLoader.class)
        .orShould()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .callMethod(System.class, "setProperty", String.class, String.class);
  }
}
