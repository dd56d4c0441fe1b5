/** Lands every Dynamics 365 Finance &amp; Operations export in your storage. */
// The test kit is compiled after this module.
@SuppressWarnings("module")
module dev.landfall.core {
  requires transitive static org.jspecify;
  requires com.fasterxml.jackson.core;
  requires java.net.http;
  requires org.slf4j;

  exports dev.landfall;
  exports dev.landfall.contract;
  exports dev.landfall.download;
  exports dev.landfall.engine to
      dev.landfall.testkit;
  exports dev.landfall.event;
  exports dev.landfall.file;
  exports dev.landfall.json;
  exports dev.landfall.spi;
}
