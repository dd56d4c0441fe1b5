/** Contract tests, fakes and payload generators. */
module dev.landfall.testkit {
  requires transitive dev.landfall.core;
  requires transitive org.junit.jupiter.api;

  exports dev.landfall.testkit;
}
