package dev.landfall.transport.http;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import dev.landfall.spi.FileLocator;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

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
 *     .or(PackageLinkLocator.at(URI.create("https://contoso.operations.dynamics.com"), tokens))
 * }</pre>
 *
 * <p>The token goes to that environment alone, over https, and no redirect is followed. What
 * F&amp;O answers but cannot be told to be final, such as that an execution is not found, may pass
 * and is tried again as the retry policy says.
 *
 * <p>Source: Microsoft, "Data management package REST API", action {@code GetExportedPackageUrl}.
 */
public final class PackageLinkLocator implements FileLocator {

  private static final String ACTION = "GetExportedPackageUrl";

  private final FinopsActions actions;
  private final String member;

  private PackageLinkLocator(FinopsActions actions, String member) {
    this.actions = actions;
    this.member = member;
  }

  /**
   * {@return a locator that reads the execution id from the member {@code ExecutionId}}
   *
   * @param environment address of the F&amp;O environment; https, or http on this machine's
   *     loopback address for an emulator
   * @param token gives a bearer token for it, whenever one is needed; called by the workers of a
   *     pipeline, by several at once, and may block
   * @throws IllegalArgumentException if the address is neither
   */
  public static PackageLinkLocator at(URI environment, Supplier<String> token) {
    return new PackageLinkLocator(new FinopsActions(environment, token), "ExecutionId");
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
    String execution = event
        .payload()
        .text(member)
        .filter(id -> !id.isBlank())
        .orElseThrow(() -> FetchException.permanent(
            Reason.LINK_MISSING,
            "The package of an execution is found by its id, which this event does not carry in the member %s; choose another with PackageLinkLocator.executionIdIn."
                .formatted(member)));
    String link = actions.call(ACTION, Map.of("executionId", execution));
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
