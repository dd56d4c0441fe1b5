/** Events over HTTP. */
// MSAL is a module by its manifest alone.
@SuppressWarnings("requires-automatic")
module dev.landfall.transport.http {
  requires transitive dev.landfall.core;
  // For who has one of these servers already; not transitive, or all users would need the first.
  requires static jakarta.servlet;
  requires static transitive jdk.httpserver;
  requires com.microsoft.aad.msal4j;
  requires com.nimbusds.jose.jwt;
  requires java.net.http;
  requires org.eclipse.jetty.http;
  requires org.eclipse.jetty.io;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.util;
  requires org.slf4j;

  exports dev.landfall.transport.finops;
  exports dev.landfall.transport.http;
}
