package dev.landfall.spi;

import dev.landfall.event.BusinessEvent;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import java.time.Instant;
import java.util.Optional;

/** One locator, and another for what it cannot find. */
record LocatorChain(FileLocator first, FileLocator second) implements FileLocator {

  @Override
  public FileReference locate(BusinessEvent event) {
    try {
      return first.locate(event);
    } catch (FetchException notThere) {
      return locateBySecond(event, notThere);
    }
  }

  /** If neither can, both say why; another try is worth it if it is for one of them. */
  private FileReference locateBySecond(BusinessEvent event, FetchException before) {
    try {
      return second.locate(event);
    } catch (FetchException neither) {
      if (neither.retryable()) {
        throw neither;
      }
      if (before.retryable()) {
        throw before;
      }
      throw together(before, neither);
    }
  }

  /** That an event has no link for one of them says nothing if the other tells what is wrong. */
  private static FetchException together(FetchException one, FetchException other) {
    if (one.reason() == Reason.LINK_MISSING ^ other.reason() == Reason.LINK_MISSING) {
      return one.reason() == Reason.LINK_MISSING ? other : one;
    }
    return FetchException.permanent(
        other.reason(), "%s Nor this: %s".formatted(one.getMessage(), other.getMessage()));
  }

  @Override
  public Optional<FileReference> renew(BusinessEvent event, FetchException failure) {
    Optional<FileReference> own = first.renew(event, failure);
    if (own.isPresent()) {
      return own;
    }
    try {
      return Optional.of(second.locate(event));
    } catch (FetchException noOther) {
      if (noOther.retryable()) {
        throw noOther;
      }
      return second.renew(event, failure);
    }
  }

  @Override
  public Optional<Instant> expiry(BusinessEvent event) {
    return first.expiry(event).or(() -> second.expiry(event));
  }

  @Override
  public String toString() {
    return first + ", or " + second;
  }
}
