package dev.landfall.format;

/**
 * How much a data package may hold, so that a hostile or broken one costs a clear error and not the
 * disk or the memory.
 *
 * <p>A value: {@code with} methods answer a changed copy. All but the two for XML are checked
 * before a byte is unpacked, against sizes that the unpacked bytes must then keep to exactly.
 */
public final class PackageLimits {

  private static final long MEBI = 1L << 20;
  private static final PackageLimits DEFAULTS =
      new PackageLimits(1_000, 64L << 30, 200, 255, 16 * MEBI, 32);

  private final int mostEntries;
  private final long largestTotal;
  private final int highestRatio;
  private final int longestName;
  private final long largestXml;
  private final int deepestXml;

  private PackageLimits(
      int mostEntries,
      long largestTotal,
      int highestRatio,
      int longestName,
      long largestXml,
      int deepestXml) {
    this.mostEntries = mostEntries;
    this.largestTotal = largestTotal;
    this.highestRatio = highestRatio;
    this.longestName = longestName;
    this.largestXml = largestXml;
    this.deepestXml = deepestXml;
  }

  /** {@return all limits at their defaults} */
  public static PackageLimits defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with another limit for the files and folders in a package}
   *
   * @param count the most that are accepted; 1,000 by default, up to 1,000,000
   * @throws IllegalArgumentException if it is out of range
   */
  public PackageLimits withMostEntries(int count) {
    int checked = (int) checked("most entries", count, 1_000_000);
    return new PackageLimits(
        checked, largestTotal, highestRatio, longestName, largestXml, deepestXml);
  }

  /**
   * {@return a copy with another limit for all files of a package together}
   *
   * @param bytes the most that are accepted, unpacked; 64 GiB by default. On disk is only one file
   *     at a time
   * @throws IllegalArgumentException if it is less than 1
   */
  public PackageLimits withLargestTotal(long bytes) {
    long checked = checked("largest total", bytes, Long.MAX_VALUE);
    return new PackageLimits(
        mostEntries, checked, highestRatio, longestName, largestXml, deepestXml);
  }

  /**
   * {@return a copy with another limit for how much smaller a file may be packed}
   *
   * @param ratio unpacked bytes for each packed one, counted beyond the first MiB; 200 by default,
   *     up to 1,100, which is more than the method can do
   * @throws IllegalArgumentException if it is out of range
   */
  public PackageLimits withHighestRatio(int ratio) {
    int checked = (int) checked("highest ratio", ratio, 1_100);
    return new PackageLimits(
        mostEntries, largestTotal, checked, longestName, largestXml, deepestXml);
  }

  /**
   * {@return a copy with another limit for the name of a file, with its folders}
   *
   * @param characters the most that are accepted, UTF-16 units; 255 by default, up to 65,535
   * @throws IllegalArgumentException if it is out of range
   */
  public PackageLimits withLongestName(int characters) {
    int checked = (int) checked("longest name", characters, 65_535);
    return new PackageLimits(
        mostEntries, largestTotal, highestRatio, checked, largestXml, deepestXml);
  }

  /**
   * {@return a copy with another limit for {@code Manifest.xml} and for {@code PackageHeader.xml}}
   *
   * <p>The manifest is the only part of a package that is kept in memory.
   *
   * @param bytes the most that are accepted, unpacked; 16 MiB by default, which is a good 25,000
   *     mapped fields, up to 1 GiB
   * @throws IllegalArgumentException if it is out of range
   */
  public PackageLimits withLargestXml(long bytes) {
    long checked = checked("largest XML", bytes, 1024 * MEBI);
    return new PackageLimits(
        mostEntries, largestTotal, highestRatio, longestName, checked, deepestXml);
  }

  /**
   * {@return a copy with another limit for elements within elements in XML}
   *
   * @param levels the most that are accepted; 32 by default, up to 1,000. F&amp;O needs 6
   * @throws IllegalArgumentException if it is out of range
   */
  public PackageLimits withDeepestXml(int levels) {
    int checked = (int) checked("deepest XML", levels, 1_000);
    return new PackageLimits(
        mostEntries, largestTotal, highestRatio, longestName, largestXml, checked);
  }

  private static long checked(String limit, long value, long most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "The limit '%s' is 1 to %d; %d is not.".formatted(limit, most, value));
    }
    return value;
  }

  int mostEntries() {
    return mostEntries;
  }

  long largestTotal() {
    return largestTotal;
  }

  int highestRatio() {
    return highestRatio;
  }

  int longestName() {
    return longestName;
  }

  long largestXml() {
    return largestXml;
  }

  int deepestXml() {
    return deepestXml;
  }
}
