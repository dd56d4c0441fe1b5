/** Fetches files with Apache HttpClient instead of the client of the JDK. */
// The client is a module by its manifest only.
@SuppressWarnings("requires-automatic")
module dev.landfall.download.apache {
  requires transitive dev.landfall.core;
  requires transitive static org.jspecify;
  requires org.apache.httpcomponents.client5.httpclient5;
  requires org.apache.httpcomponents.core5.httpcore5;

  exports dev.landfall.download.apache;
}
