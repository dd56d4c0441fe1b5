package dev.landfall.spi;

import dev.landfall.event.RawEvent;
import dev.landfall.file.Receipt;
import java.time.Instant;
import java.util.Map;

/** How an attempt ended. */
public sealed interface Settlement {

  /**
   * {@return the receipts of all sinks that have the file by now, by the sink's name; those of
   * earlier attempts among them} A ledger adds them to what it has and replaces those of equal
   * name; it forgets none.
   */
  Map<String, Receipt> receipts();

  /**
   * Every sink has it.
   *
   * @param receipts of all sinks of the route
   * @param body the event without what its links keep secret, and with the digest of its file if
   *     that is known; it replaces what the ledger has
   */
  record Stored(Map<String, Receipt> receipts, RawEvent body) implements Settlement {

    /**
     * Member of the body that has the SHA-256 of the file, in hexadecimal digits; by it the same
     * export is known again that was announced in another way.
     */
    public static final String DIGEST = "LandedSha256";

    /**
     * Keeps its own copy of the receipts.
     *
     * @param receipts copied
     * @param body without secrets
     */
    public Stored {
      receipts = Map.copyOf(receipts);
    }
  }

  /**
   * It failed and is tried again.
   *
   * @param receipts of the sinks that have it
   * @param failure why it failed
   * @param at not before this time
   */
  record Retry(Map<String, Receipt> receipts, Failure failure, Instant at) implements Settlement {
    /**
     * Keeps its own copy of the receipts.
     *
     * @param receipts copied
     * @param failure why it failed
     * @param at not before this time
     */
    public Retry {
      receipts = Map.copyOf(receipts);
    }
  }

  /**
   * It failed and needs a person.
   *
   * @param receipts of the sinks that have it
   * @param failure why it failed
   */
  record Dead(Map<String, Receipt> receipts, Failure failure) implements Settlement {
    /**
     * Keeps its own copy of the receipts.
     *
     * @param receipts copied
     * @param failure why it failed
     */
    public Dead {
      receipts = Map.copyOf(receipts);
    }
  }

  /**
   * It was not finished, for no fault of its own, and can be claimed again at once; the attempt
   * does not count.
   *
   * @param receipts of the sinks that have it
   */
  record Released(Map<String, Receipt> receipts) implements Settlement {
    /**
     * Keeps its own copy of the receipts.
     *
     * @param receipts copied
     */
    public Released {
      receipts = Map.copyOf(receipts);
    }
  }
}
