package dev.landfall.download;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.spi.FileLocator;
import java.time.Instant;
import java.util.Optional;

/** Takes the link that the event itself carries. */
public final class PayloadUrlLocator implements FileLocator {

  private final String member;

  private PayloadUrlLocator(String member) {
    this.member = member;
  }

  /**
   * {@return a locator that reads the link from a member of the payload}
   *
   * @param member the member's exact name; {@code DownloadURL} in the data export event
   */
  public static PayloadUrlLocator field(String member) {
    return new PayloadUrlLocator(member);
  }

  @Override
  public FileReference locate(BusinessEvent event) {
    return SignedLink.parse(link(event)
            .orElseThrow(() -> FetchException.permanent(
                Reason.LINK_MISSING,
                "An export event carries its link in the member %s, which is %s here;"
                        .formatted(member, event.payload().has(member) ? "empty" : "not there")
                    + " export the entity again, or give the route another locator.")))
        .reference();
  }

  @Override
  public Optional<Instant> expiry(BusinessEvent event) {
    return link(event).flatMap(SignedLink::expiryOf);
  }

  private Optional<String> link(BusinessEvent event) {
    return event.payload().text(member).filter(url -> !url.isBlank());
  }

  @Override
  public String toString() {
    return "link in " + member;
  }
}
