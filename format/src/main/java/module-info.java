/** Records out of exported files. */
module dev.landfall.format {
  requires transitive dev.landfall.core;
  requires transitive static org.jspecify;
  requires de.siegmar.fastcsv;

  exports dev.landfall.format;
}
