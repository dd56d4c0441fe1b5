package dev.landfall.format;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of records that break a rule of their format: one of three choices, made by whoever
 * reads a file.
 *
 * <ul>
 *   <li>{@link #refused}, the safe one: the whole file is refused at the first of them.
 *   <li>{@link #setAside}: they are handed to a keeper, and reading goes on with the next record.
 *   <li>{@link #mended}: missing values are null, surplus ones are dropped, and what else a format
 *       says it can mend is mended; the rest refuses the file.
 * </ul>
 *
 * <p>What concerns the whole file rather than one record, such as an encoding that does not decode,
 * a file that is cut off, or a limit on memory, refuses it whatever the choice.
 */
public final class BadRecords {

  private static final BadRecords REFUSED = new BadRecords(false, null);
  private static final BadRecords MENDED = new BadRecords(true, null);

  private final boolean mending;
  private final @Nullable Keeper keeper;

  private BadRecords(boolean mending, @Nullable Keeper keeper) {
    this.mending = mending;
    this.keeper = keeper;
  }

  /** Takes the records that are set aside. */
  @FunctionalInterface
  public interface Keeper {

    /**
     * Takes one record, called by the thread that reads, between two records.
     *
     * @param record never handed over twice in one reading
     */
    void keep(BadRecord record);
  }

  /** {@return the choice to refuse the file} */
  public static BadRecords refused() {
    return REFUSED;
  }

  /** {@return the choice to pad what is missing and drop what is too much} */
  public static BadRecords mended() {
    return MENDED;
  }

  /**
   * {@return the choice to keep them aside}
   *
   * @param keeper takes each
   */
  public static BadRecords setAside(Keeper keeper) {
    return new BadRecords(false, keeper);
  }

  /** {@return whether a format should mend what it can} */
  public boolean areMended() {
    return mending;
  }

  /** {@return whether a format should hand them to {@link #keep} and go on} */
  public boolean areSetAside() {
    return keeper != null;
  }

  /**
   * Sets a record aside, or refuses the file for it.
   *
   * @param record that cannot be read, or be stored where it should go
   * @throws MalformedFileException unless records are set aside
   */
  public void keep(BadRecord record) {
    if (keeper == null) {
      throw new MalformedFileException(record.line(), ": " + record.cause(), null);
    }
    keeper.keep(record);
  }
}
