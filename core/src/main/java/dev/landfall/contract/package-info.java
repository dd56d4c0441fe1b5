/**
 * What the events of F&amp;O say that are known by name, each as a record to read a payload with.
 *
 * <p>{@code event.payload().as(Alert.class)} reads one, {@code Alert.events()} wants those that it
 * reads. Components are named as the members are. A component is an {@code Optional} where a member
 * may be absent, and for dates and companies, which F&amp;O leaves empty; other text may be blank.
 * Members that an extension of the contract adds stay in the payload.
 */
@NullMarked
package dev.landfall.contract;

import org.jspecify.annotations.NullMarked;
