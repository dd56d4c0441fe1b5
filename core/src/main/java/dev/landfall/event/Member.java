package dev.landfall.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The exact name of the member that a component of a record reads, see {@link Payload#as}.
 *
 * <p>For names that are no Java names, such as {@code Work order GUID}, and for better ones.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Member {

  /** {@return the name; its case counts} */
  String value();
}
