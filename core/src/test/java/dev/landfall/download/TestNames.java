package dev.landfall.download;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses of names without asking outside. */
final class TestNames {

  static final String PUBLIC = "20.60.1.1";

  private TestNames() {}

  /**
   * Looks up a name that tells its address with its first label, as 10-0-0-1 or 0--1; "nowhere" has
   * none, "both" a public and a private one, all others a public one.
   */
  static InetAddress[] told(String host) throws UnknownHostException {
    String label = host.substring(0, (host + ".").indexOf('.'));
    if (label.equals("nowhere")) {
      throw new UnknownHostException(host);
    }
    if (label.equals("both")) {
      return addresses(PUBLIC, "10.0.0.1");
    }
    if (label.matches("[0-9]+(-[0-9]+){3}")) {
      return addresses(label.replace('-', '.'));
    }
    return addresses(
        label.matches("[0-9a-f]+(-[0-9a-f]*){2,7}") ? label.replace('-', ':') : PUBLIC);
  }

  /** {@return addresses of their literals} */
  static InetAddress[] addresses(String... literals) throws UnknownHostException {
    InetAddress[] addresses = new InetAddress[literals.length];
    for (int i = 0; i < literals.length; i++) {
      addresses[i] = InetAddress.getByName(literals[i]);
    }
    return addresses;
  }
}
