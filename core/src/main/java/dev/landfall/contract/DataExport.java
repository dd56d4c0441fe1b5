package dev.landfall.contract;

import static dev.landfall.event.EventFilters.member;
import static dev.landfall.event.EventFilters.type;
import static dev.landfall.event.EventFilters.typeStartingWith;

import dev.landfall.event.EventFilter;
import dev.landfall.event.EventType;
import dev.landfall.event.LegalEntity;
import dev.landfall.event.Member;
import dev.landfall.file.SignedLink;
import java.util.Optional;

/**
 * A data project has put the file of one entity into blob storage.
 *
 * <p>There is one such event for each file, as soon as it is there: nothing tells the project, the
 * run, or whether its other entities were exported. Nothing tells the name, the format and the
 * length of the file either, but the link's path. The link may be cut off on newer environments,
 * see {@link SignedLink#fault}.
 *
 * <p>Source: {@code munib00/MSYDN365FO-EventBasedIntegration}, class
 * {@code NAVAXDMFExportBusinessEventContract}.
 *
 * @param link {@code DownloadURL}; empty if the export had no file
 * @param entityName the entity's label in the project, such as {@code Customer groups}, not its AOT
 *     or OData name
 * @param legalEntity the company of the run
 * @param noOfRecords how many records F&amp;O counted; may be 0
 * @param operationType {@code Export}
 * @param projectCategory {@code Integration}
 * @param recId key of the file's row in {@code DMFEntityExportDetails}, unique within an
 *     environment
 */
public record DataExport(
    @Member("DownloadURL") Optional<SignedLink> link,
    String entityName,
    Optional<LegalEntity> legalEntity,
    long noOfRecords,
    String operationType,
    String projectCategory,
    long recId) {

  /**
   * {@return a filter for these events: {@link EventType#EXPORT}, and events with a
   * {@code DownloadURL} that have no type, as those of 2019}
   */
  public static EventFilter events() {
    return type(EventType.EXPORT.value())
        .or(member("DownloadURL")
            .and(typeStartingWith("").negate())
            .describedAs("exports of 2019"));
  }
}
