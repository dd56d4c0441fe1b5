package dev.landfall.testkit.simulation;

/** What may go wrong, and how often at most, each thousand times that it could. */
enum Fault {
  CRASH(12, 6),
  POWER_CUT(6, 3),
  FREEZE(4, 3),
  CLOCK_JUMP(6, 4),
  CLOSE(4, 3),
  ROUTE_PAUSED(6, 3),
  INTAKE_PAUSED(4, 2),
  REPLAY(10, 5),
  DISCARD(3, 2),
  LEDGER_FAILS_BEFORE(100, 60),
  LEDGER_FAILS_AFTER(100, 60),
  LEDGER_THROWS(40, 20),
  SINK_FAILS_BEFORE(300, 60),
  SINK_FAILS_AFTER(300, 60),
  SINK_REJECTS(60, 5),
  SINK_THROWS_AN_ERROR(100, 20),
  DOWNLOAD_FAILS(300, 60),
  DOWNLOAD_IS_CUT(200, 30),
  DOWNLOAD_IS_REFUSED(60, 5),
  LOCATOR_FAILS(100, 20),
  LOCATOR_REFUSES(30, 3),
  HANDLER_FAILS(300, 30),
  FILTER_FAILS(60, 10),
  LISTENER_FAILS(60, 30),
  DISK_FAILS(60, 10),
  STALL(60, 60),
  SLOW_WORK(300, 40);

  final int most;
  final int times;

  Fault(int most, int times) {
    this.most = most;
    this.times = times;
  }
}
