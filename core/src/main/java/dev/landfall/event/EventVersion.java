package dev.landfall.event;

/**
 * The version of an event's contract; not that of the product.
 *
 * @param major grows when members change or go
 * @param minor grows when members are added
 */
public record EventVersion(long major, long minor) {

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
