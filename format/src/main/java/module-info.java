/** Records out of exported files, and exported files out of data packages. */
module dev.landfall.format {
  requires transitive dev.landfall.core;
  requires transitive static org.jspecify;
  requires de.siegmar.fastcsv;
  requires com.fasterxml.jackson.core;
  requires java.xml;

  exports dev.landfall.format;
}
