package dev.landfall.testkit;

import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpReader;
import dev.landfall.download.JdkHttpReader;
import dev.landfall.download.Patience;

class JdkHttpReaderTest extends HttpReaderContract {

  @Override
  protected HttpReader open(HostPolicy hosts, Patience patience) {
    return JdkHttpReader.open(hosts, patience);
  }
}
