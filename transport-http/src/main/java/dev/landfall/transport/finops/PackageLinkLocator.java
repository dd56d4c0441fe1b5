package dev.landfall.transport.finops;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Payload;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import dev.landfall.spi.FileLocator;
import java.util.Map;

/**
 * Asks F&amp;O's package API for a fresh link to the package of an execution, each time it is
 * asked.
 *
 * <p>It helps where an event has an execution id: when the event carries no link, or when its link
 * has died. The export event of the first publishers has none. What the link leads to is the whole
 * package, a zip; {@code PackageEntities} of {@code landfall-format} lands its files.
 *
 * <pre>{@code
 * PayloadUrlLocator.field("DownloadURL")
 *     .or(PackageLinkLocator.of(FinopsEnvironment.at(address, tokens)))
 * }</pre>
 *
 * <p>What F&amp;O answers but cannot be told to be final, such as that an execution is not found,
 * may pass and is tried again as the retry policy says. An event that says that its execution
 * failed, as those of {@link PackageExports} do, is refused with F&amp;O's own words.
 *
 * <p>Source: Microsoft, "Data management package REST API", action {@code GetExportedPackageUrl}.
 */
public final class PackageLinkLocator implements FileLocator {

  static final String ACTION = "GetExportedPackageUrl";

  private final Actions actions;
  private final String member;

  private PackageLinkLocator(Actions actions, String member) {
    this.actions = actions;
    this.member = member;
  }

  /**
   * {@return a locator that reads the execution id from the member {@code ExecutionId}}
   *
   * @param environment is asked for the link
   */
  public static PackageLinkLocator of(FinopsEnvironment environment) {
    return new PackageLinkLocator(new Actions(environment), RunEvent.EXECUTION);
  }

  /**
   * {@return this locator, reading the execution id elsewhere}
   *
   * @param name of a member of the payload
   */
  public PackageLinkLocator executionIdIn(String name) {
    return new PackageLinkLocator(actions, name);
  }

  @Override
  public FileReference locate(BusinessEvent event) {
    RunEvent.requireSuccess(event);
    String execution = event
        .payload()
        .text(member)
        .filter(id -> !id.isBlank())
        .orElseThrow(() -> FetchException.permanent(
            Reason.LINK_MISSING,
            "The package of an execution is found by its id, which this event does not carry in the member %s; choose another with PackageLinkLocator.executionIdIn."
                .formatted(member)));
    String link = actions.call(ACTION, Payload.of(Map.of("executionId", execution)));
    if (link.isBlank()) {
      throw FetchException.passing(
          Reason.FILE_UNAVAILABLE,
          "F&O has no package of this execution yet; %s answers with an empty link until it is ready."
              .formatted(ACTION),
          null);
    }
    return FileReference.of(SignedLink.of(link).check());
  }

  @Override
  public String toString() {
    return "package link of " + member;
  }
}
