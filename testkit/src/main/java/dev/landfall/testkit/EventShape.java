package dev.landfall.testkit;

import dev.landfall.event.Payload;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/**
 * The members that one kind of event has, each with what it may be; in alphabetical order, as
 * F&amp;O writes them.
 */
final class EventShape {

  private final SortedMap<String, Arbitrary<Value>> members;

  private EventShape(SortedMap<String, Arbitrary<Value>> members) {
    this.members = members;
  }

  /** What a member is in an event of some time. */
  interface Value {
    @Nullable
    Object at(Instant time);
  }

  static EventShape empty() {
    return new EventShape(new TreeMap<>());
  }

  EventShape with(String name, Arbitrary<?> values) {
    return withTimed(name, values.map(value -> time -> value));
  }

  /** With a member that hangs on the time of the event. */
  EventShape withTimed(String name, Arbitrary<Value> values) {
    SortedMap<String, Arbitrary<Value>> more = new TreeMap<>(members);
    more.put(name, values);
    return new EventShape(more);
  }

  EventShape withTimed(String name, Function<Instant, String> value) {
    return withTimed(name, Arbitraries.just(value::apply));
  }

  Arbitrary<Payload> payloads() {
    List<String> names = List.copyOf(members.keySet());
    Arbitrary<List<Value>> values =
        Combinators.combine(List.copyOf(members.values())).as(List::copyOf);
    // The extremes of every member with those of every other are too many to be of use.
    return Combinators.combine(BaseMembers.times(), values)
        .as((time, drawn) -> {
          Payload.Builder event = Payload.builder();
          for (int i = 0; i < names.size(); i++) {
            event.with(names.get(i), drawn.get(i).at(time));
          }
          return event.build();
        })
        .withoutEdgeCases();
  }
}
