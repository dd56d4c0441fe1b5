package dev.landfall.transport.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses that begin with the same bits, written as in CIDR (RFC 4632). */
final class Network {

  // An address, never a name, which would be looked up.
  private static final Pattern FORM =
      Pattern.compile("([0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/([0-9]{1,3}))?");

  private final byte[] start;
  private final int bits;

  private Network(byte[] start, int bits) {
    this.start = start;
    this.bits = bits;
  }

  static Network of(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      try {
        byte[] start = InetAddress.getByName(form.group(1)).getAddress();
        int bits = form.group(2) == null ? start.length * 8 : Integer.parseInt(form.group(2));
        if (bits <= start.length * 8
            && !(start.length == 4 && !form.group(1).matches("[0-9]+(\\.[0-9]+){3}"))) {
          return new Network(start, bits);
        }
      } catch (UnknownHostException none) {
        // Told below.
      }
    }
    throw new IllegalArgumentException(
        "A network is an address with the number of its leading bits, such as 13.64.0.0/11 or 2603:1000::/24, not \"%s\"."
            .formatted(text));
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != start.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((bytes[bit / 8] ^ start[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
