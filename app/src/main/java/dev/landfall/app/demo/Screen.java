package dev.landfall.app.demo;

/** Shows how far each landing is; safe for several threads. */
interface Screen {

  /** More of a landing's file has arrived; {@code inAll} is -1 if nobody knows. */
  void progress(String landing, long soFar, long inAll);

  /** A landing has reached a stage that has no measure. */
  void stage(String landing, String text);

  /** A landing is over. */
  void end(String landing, String text);

  /** A line between the landings. */
  void say(String text);
}
