package dev.landfall.app.demo;

import java.io.PrintStream;

/** One line for what ends; for files and pipes. */
record PlainScreen(PrintStream out) implements Screen {

  @Override
  public void progress(String landing, long soFar, long inAll) {}

  @Override
  public void stage(String landing, String text) {}

  @Override
  public void end(String landing, String text) {
    say("  %-28s %s".formatted(landing, text));
  }

  @Override
  public void say(String text) {
    out.println(text);
  }
}
