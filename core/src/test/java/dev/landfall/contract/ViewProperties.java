package dev.landfall.contract;

import static dev.landfall.contract.Samples.event;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.landfall.event.EventId;
import dev.landfall.event.LegalEntity;
import dev.landfall.event.MalformedEventException;
import dev.landfall.event.Member;
import dev.landfall.event.Payload;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Whatever a payload holds, a view of it is there or refused in one way, and nothing is quoted. */
class ViewProperties {

  private static final String SECRET = "s3cr3t";

  enum Symbol {
    EXPORT,
    PARTIALLY_SUCCEEDED
  }

  record Everything(
      Optional<String> text,
      OptionalLong recId,
      OptionalInt fieldId,
      Optional<Boolean> flag,
      Optional<BigDecimal> amount,
      Optional<Double> floating,
      Optional<Instant> endDateTime,
      Optional<LocalDate> purchaseOrderDate,
      Optional<UUID> id,
      Optional<Symbol> operationType,
      Optional<EventId> eventId,
      @Nullable LegalEntity legalEntity,
      Optional<Payload> target,
      List<Everything> lines,
      Map<String, List<Integer>> dates,
      Optional<Picky> picky) {}

  record Picky(Optional<String> status, Optional<String> message) {
    Picky {
      if (status.isPresent()) {
        throw new IllegalStateException(status.get());
      }
    }
  }

  private static final List<Class<? extends Record>> VIEWS = List.of(
      Alert.class,
      BatchJob.class,
      DataEvent.class,
      DataExport.class,
      Everything.class,
      ImportStatus.class,
      InvoicePosted.class,
      PurchaseOrderConfirmed.class,
      WorkflowEvent.class);

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void aViewIsReadOrRefusedWithoutQuotingAnything(
      @ForAll("payloads") Payload payload, @ForAll("views") Class<? extends Record> view)
      throws ReflectiveOperationException {
    boolean read = true;
    try {
      useAll(payload.as(view));
    } catch (MalformedEventException refused) {
      read = false;
      assertFalse(refused.getMessage().contains(SECRET), refused.getMessage());
      assertNull(refused.getCause());
    }
    Statistics.label("read").collect(read).coverage(outcomes -> {
      outcomes.check(true).percentage(percent -> percent > 10);
      outcomes.check(false).percentage(percent -> percent > 10);
    });
  }

  private static void useAll(Record view) throws ReflectiveOperationException {
    for (Method method : view.getClass().getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && !Modifier.isStatic(method.getModifiers())
          && method.getParameterCount() == 0) {
        method.setAccessible(true);
        method.invoke(view);
      }
    }
  }

  @Provide
  Arbitrary<Class<? extends Record>> views() {
    return Arbitraries.of(VIEWS);
  }

  /** Events as they come, with some members replaced, so that refusals happen at every depth. */
  @Provide
  Arbitrary<Payload> payloads() {
    Arbitrary<Payload> samples =
        Arbitraries.of(Samples.ALL).map(json -> event(json).payload());
    return Combinators.combine(samples, members(values(3), 6)).as((sample, replaced) -> {
      Payload.Builder members = sample.toBuilder();
      replaced.forEach(members::with);
      return members.build();
    });
  }

  private static Arbitrary<@Nullable Object> values(int depth) {
    Arbitrary<@Nullable Object> single = Arbitraries.of(
            SECRET,
            "https://host/dmf/f.csv?sig=" + SECRET,
            "{" + SECRET + "}",
            "/Date(" + SECRET + ")/",
            "/Date(1893456300000)/",
            "/Date(-2208988800000)/",
            "2030-01-01",
            "{00000000-0000-0000-0000-000000000000}",
            "844bbf91-0000-4cad-a83d-1fea5f32ebaf",
            "Export",
            "Yes",
            "",
            "Workflow_Review_000007_" + SECRET,
            "OnExternalUpdated",
            "Target",
            "mserp_dataareaid",
            0,
            7L,
            1L << 40,
            new BigDecimal("90055.6"),
            new BigDecimal("1e999"),
            BigInteger.TEN.pow(30),
            true)
        .map(value -> (Object) value)
        .injectNull(0.05);
    if (depth == 0) {
      return single;
    }
    Arbitrary<@Nullable Object> inner = values(depth - 1);
    return Arbitraries.frequencyOf(
        Tuple.of(8, single),
        Tuple.of(1, inner.list().ofMaxSize(3).map(list -> list)),
        Tuple.of(2, members(inner, 4).map(map -> map)));
  }

  private static Arbitrary<Map<String, @Nullable Object>> members(
      Arbitrary<@Nullable Object> values, int most) {
    return Arbitraries.maps(names(), values).ofMaxSize(most).map(LinkedHashMap::new);
  }

  private static Arbitrary<String> names() {
    List<String> read = VIEWS.stream()
        .flatMap(view -> Stream.of(view.getRecordComponents()).map(ViewProperties::nameOf))
        .toList();
    return Arbitraries.oneOf(
        Arbitraries.of(read),
        Arbitraries.of(
            "key",
            "value",
            "Attributes",
            "__type",
            "Value",
            "Id",
            "LogicalName",
            "RECID",
            "recId"));
  }

  private static String nameOf(RecordComponent component) {
    Member member = component.getAnnotation(Member.class);
    String name = component.getName();
    return member == null
        ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)
        : member.value();
  }
}
