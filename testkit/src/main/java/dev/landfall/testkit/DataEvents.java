package dev.landfall.testkit;

import dev.landfall.event.Payload;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Changes of records as Dataverse sends them: a serialised {@code RemoteExecutionContext} with the
 * record in its parameter {@code Target}.
 *
 * <p>Source: a message captured on 10.0.48, Microsoft's {@code business-events/data-events.md} and
 * {@code use-webhooks.md}.
 */
final class DataEvents {

  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  private DataEvents() {}

  /** Of data events, in all their length or cut because they were over 256 KB. */
  static Arbitrary<Payload> contexts() {
    List<Arbitrary<Payload>> shapes = new ArrayList<>();
    for (String entity : List.of("mserp_custcustomergroupentity", "mserp_vendors")) {
      for (String change : List.of("OnExternalCreated", "OnExternalUpdated", "OnExternalDeleted")) {
        shapes.add(whole(entity, change));
        shapes.add(cut(entity, change).payloads());
      }
    }
    return Arbitraries.oneOf(shapes);
  }

  private static EventShape cut(String entity, String change) {
    return EventShape.empty()
        .with("CorrelationId", BaseMembers.guids().map(Object::toString))
        .with("Depth", Arbitraries.integers().between(1, 8))
        .with(
            "InitiatingUserAzureActiveDirectoryObjectId",
            BaseMembers.mostly(NOBODY, BaseMembers.guids().map(Object::toString)))
        .with("MessageName", Arbitraries.just(change))
        .withTimed("OperationCreatedOn", time -> BaseMembers.dateOf(time).replace(")", "+0000)"))
        .with("OrganizationName", Arbitraries.of("orgcontoso", "unq0123456789abcdef"))
        .with("PrimaryEntityId", Arbitraries.just(NOBODY))
        .with("PrimaryEntityName", Arbitraries.just(entity))
        .with("SharedVariables", Arbitraries.just(List.of()));
  }

  private static Arbitrary<Payload> whole(String entity, String change) {
    Arbitrary<List<Payload>> before = change.equals("OnExternalUpdated")
        ? record(entity).map(record -> List.of(entry("PreImage", record)))
        : Arbitraries.just(List.of());
    return cut(entity, change)
        .with("InputParameters", record(entity).map(record -> List.of(entry("Target", record))))
        .with("ParentContext", Arbitraries.just("").injectNull(1))
        .with("PostEntityImages", Arbitraries.just(List.of()))
        .with("PreEntityImages", before)
        .payloads();
  }

  /** What Dataverse puts around a business event that it sends for F&O. */
  static Payload around(Object event) {
    return Payload.builder()
        .with("CorrelationId", "0f8fad5b-d9cb-469f-a165-70867728950e")
        .with("InputParameters", List.of(entry("BusinessEvent", event)))
        .with("MessageName", "mserp_BusinessEvent")
        .with("OperationCreatedOn", "/Date(1893456300000+0000)/")
        .build();
  }

  private static Arbitrary<Payload> record(String entity) {
    return Combinators.combine(BaseMembers.guids(), attributes())
        .as((id, attributes) -> Payload.builder()
            .with("__type", "Entity:http://schemas.microsoft.com/xrm/2011/Contracts")
            .with("Attributes", attributes)
            .with("Id", id.toString())
            .with("LogicalName", entity)
            .build());
  }

  /** The company and a few more; that a date is missing means that there is none. */
  private static Arbitrary<List<Payload>> attributes() {
    Arbitrary<Payload> others = Combinators.combine(
            Arbitraries.of("mserp_groupid", "mserp_amount", "mserp_status", "mserp_createdon"),
            Arbitraries.oneOf(CustomEvents.values(), wrapped().asGeneric()))
        .as(DataEvents::entry);
    return Combinators.combine(BaseMembers.companies().optional(), others.list().ofMaxSize(4))
        .as((company, some) -> {
          List<Payload> all = new ArrayList<>(some);
          company.ifPresent(id -> all.add(entry("mserp_dataareaid", id)));
          return all;
        });
  }

  private static Arbitrary<Payload> wrapped() {
    return Combinators.combine(
            Arbitraries.of("OptionSetValue", "Money", "EntityReference"),
            Arbitraries.integers().between(200_000_000, 200_000_009),
            BaseMembers.guids())
        .as((type, option, id) -> Payload.builder()
            .with("__type", type + ":http://schemas.microsoft.com/xrm/2011/Contracts")
            .with(
                type.equals("EntityReference") ? "Id" : "Value",
                type.equals("EntityReference") ? id.toString() : option)
            .build());
  }

  private static Payload entry(String key, Object value) {
    return Payload.builder().with("key", key).with("value", value).build();
  }
}
