package dev.landfall.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.PackageMatchers;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** Public and protected signatures name types of some packages only. */
final class ShowOnly extends ArchCondition<JavaClass> {

  private final PackageMatchers allowed;

  ShowOnly(String... packages) {
    super("show only types of " + String.join(", ", packages));
    this.allowed = PackageMatchers.of(packages);
  }

  @Override
  public void check(JavaClass shown, ConditionEvents events) {
    Stream.concat(shown.getRawInterfaces().stream(), shown.getRawSuperclass().stream())
        .filter(this::isForeign)
        .forEach(type -> report(shown, shown.getName() + " extends " + type.getName(), events));
    for (JavaMember member : shown.getMembers()) {
      if (member.getModifiers().contains(JavaModifier.PUBLIC)
          || member.getModifiers().contains(JavaModifier.PROTECTED)) {
        typesOf(member)
            .flatMap(type -> type.getAllInvolvedRawTypes().stream())
            .filter(this::isForeign)
            .forEach(
                type -> report(shown, member.getFullName() + " shows " + type.getName(), events));
      }
    }
  }

  private static Stream<JavaType> typesOf(JavaMember member) {
    if (member instanceof JavaField field) {
      return Stream.of(field.getType());
    }
    JavaCodeUnit code = (JavaCodeUnit) member;
    return Stream.of(
            Stream.of(code.getReturnType()),
            code.getParameterTypes().stream(),
            code.getExceptionTypes().stream())
        .flatMap(types -> types);
  }

  private boolean isForeign(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    return !base.isPrimitive() && !allowed.test(base.getPackageName());
  }

  private static void report(JavaClass shown, String message, ConditionEvents events) {
    events.add(SimpleConditionEvent.violated(shown, message));
  }
}
