/** An F&amp;O environment in one process, to run pipelines against. */
module dev.landfall.emulator {
  requires com.fasterxml.jackson.core;
  requires java.net.http;
  requires org.eclipse.jetty.http;
  requires org.eclipse.jetty.io;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.util;
  requires transitive static org.jspecify;

  exports dev.landfall.emulator;
  exports dev.landfall.emulator.api;
  exports dev.landfall.emulator.data;
}
