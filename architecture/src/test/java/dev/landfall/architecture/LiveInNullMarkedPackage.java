package dev.landfall.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** A class lives in a package whose package-info is there and marks it. */
final class LiveInNullMarkedPackage extends ArchCondition<JavaClass> {

  LiveInNullMarkedPackage() {
    super("live in a package with a package-info that is @NullMarked");
  }

  @Override
  public void check(JavaClass living, ConditionEvents events) {
    boolean marked = living
        .getPackage()
        .tryGetPackageInfo()
        .filter(info -> info.isAnnotatedWith(NullMarked.class))
        .isPresent();
    if (!marked && !living.getSimpleName().equals("module-info")) {
      events.add(SimpleConditionEvent.violated(
          living, living.getName() + " lives in a package without such a package-info"));
    }
  }
}
