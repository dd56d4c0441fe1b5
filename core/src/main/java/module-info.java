/** Lands every Dynamics 365 Finance &amp; Operations export in your storage. */
module dev.landfall.core {
  requires transitive static org.jspecify;

  exports dev.landfall;
  exports dev.landfall.event;
  exports dev.landfall.file;
  exports dev.landfall.spi;
}
