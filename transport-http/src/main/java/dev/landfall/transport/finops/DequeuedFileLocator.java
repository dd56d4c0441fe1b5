package dev.landfall.transport.finops;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.spi.FileLocator;

/**
 * Finds the file of a recurring export, whose event {@link RecurringExports} has made.
 *
 * <p>Such a file lies in the F&amp;O environment itself, which wants to see a token; the pipeline
 * has to allow its host:
 *
 * <pre>{@code
 * Route.named("customers")
 *     .fetch(PayloadUrlLocator.field("DownloadURL").or(DequeuedFileLocator.of(contoso)))
 * Pipeline.from(...).hosts(HostPolicy.azureStorage().allow("contoso.operations.dynamics.com"))
 * }</pre>
 *
 * <p>F&amp;O tells the location with {@code http} and a port behind its load balancers; the address
 * of the environment is used instead, and a location on any other host is refused. The file is
 * called as the source says, see {@link RecurringExportsBuilder#fileName}.
 *
 * <p>Source: Microsoft, "Recurring integrations", "Download".
 */
public final class DequeuedFileLocator implements FileLocator {

  private static final String DOWNLOAD = "/api/connector/download/";

  private final FinopsEnvironment environment;

  private DequeuedFileLocator(FinopsEnvironment environment) {
    this.environment = environment;
  }

  /**
   * {@return a locator for the recurring exports of an environment}
   *
   * @param environment gives the files
   */
  public static DequeuedFileLocator of(FinopsEnvironment environment) {
    return new DequeuedFileLocator(environment);
  }

  @Override
  public FileReference locate(BusinessEvent event) {
    event.payload().text(Message.FAULT).filter(told -> !told.isBlank()).ifPresent(fault -> {
      throw FetchException.permanent(
          Reason.EXPORT_FAILED,
          "F&O made no file for this recurring export, it says \"%s\". See the job's history in F&O, and export again."
              .formatted(fault));
    });
    String location = event
        .payload()
        .text(Message.LOCATION)
        .filter(told -> !told.isBlank())
        .orElseThrow(() -> FetchException.permanent(
            Reason.LINK_MISSING,
            "The file of a recurring export lies where the member %s says, which is not in this event; its events come from RecurringExports."
                .formatted(Message.LOCATION)));
    if (!location.contains(DOWNLOAD)) {
      throw FetchException.permanent(
          Reason.HOST_NOT_ALLOWED,
          "A recurring export is fetched below %s of its environment; this event names another path."
              .formatted(DOWNLOAD));
    }
    FileReference file = FileReference.withToken(environment.file(location), environment::token);
    return event
        .payload()
        .text(RecurringExportsBuilder.FILE_NAME)
        .map(file::named)
        .orElse(file);
  }

  @Override
  public String toString() {
    return "files of recurring exports";
  }
}
