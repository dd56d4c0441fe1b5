package dev.landfall.download;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import dev.landfall.spi.FileLocator;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes the link that the event itself carries.
 *
 * <p>A link with a fault, such as one that was cut off, is refused before anything is asked of its
 * host; see {@link SignedLink#fault}.
 */
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
    SignedLink link = link(event)
        .orElseThrow(() -> FetchException.permanent(
            Reason.LINK_MISSING,
            "An export event carries its link in the member %s, which is %s here;"
                    .formatted(member, event.payload().has(member) ? "empty" : "not there")
                + " export the entity again, or give the route another locator."));
    return FileReference.of(link.check());
  }

  @Override
  public Optional<Instant> expiry(BusinessEvent event) {
    return link(event).flatMap(SignedLink::expiresAt);
  }

  private Optional<SignedLink> link(BusinessEvent event) {
    return event.payload().text(member).filter(url -> !url.isBlank()).map(SignedLink::of);
  }

  @Override
  public String toString() {
    return "link in " + member;
  }
}
