package dev.landfall.format;

import dev.landfall.event.EventFilter;
import dev.landfall.file.ExportedFile;
import dev.landfall.file.Receipt;
import dev.landfall.format.PackageManifest.Entity;
import dev.landfall.spi.FileSink;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Hands each entity of a data package to another sink, and any other file as it is.
 *
 * <pre>{@code
 * .store(PackageEntities.into(FolderSink.at(Path.of("exports"))))
 * .store(PackageEntities.into(customerGroupsTable).when(entity("Customer groups")))
 * }</pre>
 *
 * <p>A package is told by its bytes, not by its name; a workbook or any other zip is handed on as
 * it is. The entities come one after another, in the order in which F&amp;O imports them: by
 * execution unit, level and sequence. Each is unpacked beside the package, so the spool's disk
 * needs as much space again as the largest of them.
 *
 * <p><b>Records.</b> A {@link RecordSink} is told with each file how its records are read, by
 * {@link DataPackage#formatOf}.
 *
 * <p><b>Once.</b> Each entity comes with an event of its own, see {@link DataPackage#unpack}, and
 * the inner sink stores that event once. If a try ends between two entities, the next one goes
 * through all, and the inner sink finds what it has.
 *
 * <p><b>Refused.</b> A package that breaks a rule is refused for good, before anything of it is
 * stored unless only unpacking shows it. What the inner sink throws is passed on; entities that
 * came before are stored then, each as a whole.
 *
 * <p>A value: {@code with} and {@code when} methods answer a changed copy.
 */
public final class PackageEntities implements FileSink {

  private static final int LONGEST_LOCATION = 1_000;
  private static final EventFilter ALL = event -> true;

  private final FileSink inner;
  private final PackageLimits limits;
  private final EventFilter wanted;

  private PackageEntities(FileSink inner, PackageLimits limits, EventFilter wanted) {
    this.inner = inner;
    this.limits = limits;
    this.wanted = wanted;
  }

  /**
   * {@return a sink that unpacks packages for another one}
   *
   * @param inner stores each entity, and each file that is no package
   */
  public static PackageEntities into(FileSink inner) {
    return new PackageEntities(inner, PackageLimits.defaults(), ALL);
  }

  /**
   * {@return a copy with other limits}
   *
   * @param newLimits what a package may hold at most; {@link PackageLimits#defaults} by default
   */
  public PackageEntities withLimits(PackageLimits newLimits) {
    return new PackageEntities(inner, newLimits, wanted);
  }

  /**
   * {@return a copy that leaves entities out, as one of several that each have a table of their
   * own; by default all are handed on}
   *
   * @param filter asked with the event of each entity, such as
   *     {@link dev.landfall.event.EventFilters#entity}; not asked for files that are no package
   */
  public PackageEntities when(EventFilter filter) {
    return new PackageEntities(inner, limits, filter);
  }

  /** {@return {@code entities into} and the name of the inner sink} */
  @Override
  public String name() {
    return "entities into " + inner.name();
  }

  @Override
  public void check() throws Exception {
    inner.check();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The receipt of a package has the places of its entities, each once, as far as 1,000
   * characters go; the length of the package; and the records of all entities together if each
   * receipt counts them.
   *
   * @throws MalformedFileException if it is a package that breaks a rule or a limit
   * @throws IOException if the local disk cannot be read or written
   */
  @Override
  public Receipt store(ExportedFile file) throws Exception {
    try {
      return DataPackage.isPackage(file.path()) ? storeEntities(file) : inner.store(file);
    } catch (ClosedByInterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException("The pipeline closes.");
    }
  }

  private Receipt storeEntities(ExportedFile file) throws Exception {
    List<Receipt> receipts = new ArrayList<>();
    try (DataPackage packed = DataPackage.open(file, limits)) {
      for (Entity entity : inOrder(packed.manifest().entities())) {
        if (wanted.matches(packed.eventOf(entity))) {
          RecordFormat format = packed.formatOf(entity);
          receipts.add(packed.unpack(entity, each -> store(each, format)));
        }
      }
    }
    Receipt all = Receipt.of(places(receipts), file);
    return receipts.stream().allMatch(receipt -> receipt.records().isPresent())
        ? all.withRecords(receipts.stream()
            .mapToLong(receipt -> receipt.records().orElseThrow())
            .sum())
        : all;
  }

  private Receipt store(ExportedFile entity, RecordFormat format) throws Exception {
    return inner instanceof RecordSink records
        ? records.store(entity, format)
        : inner.store(entity);
  }

  private static List<Entity> inOrder(List<Entity> entities) {
    return entities.stream()
        .sorted(Comparator.comparingInt(Entity::executionUnit)
            .thenComparingInt(Entity::level)
            .thenComparingInt(Entity::sequence))
        .toList();
  }

  private static String places(List<Receipt> receipts) {
    if (receipts.isEmpty()) {
      return "nowhere, as no entity of the package is wanted";
    }
    Set<String> different = new LinkedHashSet<>();
    receipts.forEach(receipt -> different.add(receipt.location()));
    StringBuilder places = new StringBuilder();
    int left = different.size();
    for (String place : different) {
      if (places.length() > 0 && places.length() + place.length() > LONGEST_LOCATION) {
        return places.append("; and ").append(left).append(" more").toString();
      }
      places.append(places.length() == 0 ? "" : "; ").append(place);
      left--;
    }
    return places.toString();
  }
}
