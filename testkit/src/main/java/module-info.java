/** Contract tests, fakes, payload generators, and a simulation of everything that goes wrong. */
module dev.landfall.testkit {
  requires transitive dev.landfall.core;
  requires transitive org.junit.jupiter.api;
  requires static net.jqwik.api;

  exports dev.landfall.testkit;
  exports dev.landfall.testkit.simulation;

  // Cases are not public, so that nobody can switch one off; the test runner finds them all the
  // same.
  opens dev.landfall.testkit to
      org.junit.platform.commons;
}
