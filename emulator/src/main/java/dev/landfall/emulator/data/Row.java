package dev.landfall.emulator.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * One row while its values are made up: it draws them at random, the same ones for the same seed,
 * row and field.
 *
 * <p>A row lives as long as the function it is handed to; the next row is the same object.
 */
public final class Row {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long seed;
  private final String legalEntity;
  private int number;
  private long state;

  Row(long seed, String legalEntity) {
    this.seed = seed;
    this.legalEntity = legalEntity;
  }

  /** Each field draws from its own numbers, so a new field leaves the others as they were. */
  void moveTo(int rowNumber, int field) {
    number = rowNumber;
    state = mixed(mixed(seed + GOLDEN * rowNumber) + GOLDEN * field);
  }

  private long next() {
    state += GOLDEN;
    return mixed(state);
  }

  // The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
  private static long mixed(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** {@return the row's number in the file, from 1} */
  public int number() {
    return number;
  }

  /** {@return the company whose rows are made, such as {@code usmf}} */
  public String legalEntity() {
    return legalEntity;
  }

  /**
   * {@return a whole number, all equally likely}
   *
   * @param lowest the smallest
   * @param highest the largest, not smaller
   */
  public int between(int lowest, int highest) {
    return (int) (lowest + Math.floorMod(next(), (long) highest - lowest + 1));
  }

  /**
   * {@return true in so many of a hundred draws}
   *
   * @param percent 0 for never, 100 for always
   */
  public boolean chance(int percent) {
    return between(1, 100) <= percent;
  }

  /**
   * {@return one of the values, all equally likely}
   *
   * @param values at least one
   */
  public String oneOf(String... values) {
    return values[between(0, values.length - 1)];
  }

  /**
   * {@return one of the values, all equally likely}
   *
   * @param values at least one
   */
  public String oneOf(List<String> values) {
    return values.get(between(0, values.size() - 1));
  }

  /**
   * {@return a key made of a prefix and the row's number, such as {@code CUST-000042}}
   *
   * @param prefix such as {@code CUST-}
   * @param digits to how many digits the number is filled with zeros
   */
  public String id(String prefix, int digits) {
    String digitsOfNumber = Integer.toString(number);
    return prefix + "0".repeat(Math.max(0, digits - digitsOfNumber.length())) + digitsOfNumber;
  }

  /**
   * {@return an amount of money with two decimals}
   *
   * @param lowest the smallest, in whole units
   * @param highest the largest, in whole units, not smaller
   */
  public BigDecimal amount(int lowest, int highest) {
    long cents = lowest * 100L + Math.floorMod(next(), (highest - (long) lowest) * 100 + 1);
    return BigDecimal.valueOf(cents, 2);
  }

  /**
   * {@return a day such as {@code 2026-03-14}}
   *
   * @param from the first possible day
   * @param days how many days are possible, at least 1
   */
  public String date(LocalDate from, int days) {
    return from.plusDays(between(0, days - 1)).toString();
  }

  /**
   * {@return a second of a day, such as {@code 2026-03-14 09:05:59}}
   *
   * @param from the first possible day
   * @param days how many days are possible, at least 1
   */
  public String time(LocalDate from, int days) {
    int second = between(0, 24 * 60 * 60 - 1);
    return date(from, days)
        + " "
        + Words.two(second / 3600)
        + ":"
        + Words.two(second / 60 % 60)
        + ":"
        + Words.two(second % 60);
  }

  /** {@return a company's name; some hold commas, quotes, umlauts or Chinese characters} */
  public String name() {
    return oneOf(Words.NAMES) + oneOf(Words.FORMS);
  }

  /**
   * {@return a short text as people type it; some hold quotes, tabs or line breaks, some are empty}
   */
  public String text() {
    return oneOf(Words.TEXTS);
  }
}
