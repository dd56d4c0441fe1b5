package dev.landfall.download;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses are public: those that lead from everywhere to the same host of the Internet.
 *
 * <p>Source: IANA, "IPv4 Special-Purpose Address Registry", "IPv6 Special-Purpose Address Registry"
 * and "Internet Protocol Version 6 Address Space", of which only 2000::/3 is given to hosts. The
 * blocks for protocols and tunnels are taken as a whole, with the few addresses in them that can be
 * reached. Azure's address is from Microsoft, "What is IP address 168.63.129.16?".
 */
final class Addresses {

  /** The first that holds an address gives it its name. */
  private static final List<Block> NOT_PUBLIC = """
      0.0.0.0/8         this network
      10.0.0.0/8        private
      100.64.0.0/10     shared by the customers of a provider
      127.0.0.0/8       loopback
      168.63.129.16/32  the platform of Azure
      169.254.0.0/16    link-local
      172.16.0.0/12     private
      192.0.0.0/24      protocol assignments
      192.0.2.0/24      documentation
      192.88.99.0/24    relays of 6to4
      192.168.0.0/16    private
      198.18.0.0/15     benchmarks
      198.51.100.0/24   documentation
      203.0.113.0/24    documentation
      224.0.0.0/4       multicast
      240.0.0.0/4       reserved or broadcast
      ::/128            unspecified
      ::1/128           loopback
      2001::/23         protocol assignments
      2001:db8::/32     documentation
      2002::/16         tunnels of 6to4
      3fff::/20         documentation
      fc00::/7          unique local
      fe80::/10         link-local
      fec0::/10         site-local
      ff00::/8          multicast
      ::/3              not given to hosts
      4000::/2          not given to hosts
      8000::/1          not given to hosts
      """.lines().map(Block::of).toList();

  /** Its last four bytes are an IPv4 address, which a translator asks (RFC 6052). */
  private static final Block TRANSLATED = Block.of("64:ff9b::/96 NAT64");

  private Addresses() {}

  /**
   * {@return the kind of an address that is not public, such as {@code loopback}; empty if it is
   * public}
   *
   * @param address of either family; one mapped into IPv6 is IPv4 to the JDK already
   */
  static Optional<String> specialKind(InetAddress address) {
    byte[] whole = address.getAddress();
    byte[] judged = TRANSLATED.holds(whole) ? Arrays.copyOfRange(whole, 12, 16) : whole;
    return NOT_PUBLIC.stream()
        .filter(block -> block.holds(judged))
        .map(Block::kind)
        .findFirst();
  }

  /** All addresses of a family that begin with the same bits. */
  private record Block(BigInteger first, int bits, int prefix, String kind) {

    /** Reads a row: an address, a slash, the length of the prefix, blanks, the kind. */
    static Block of(String row) {
      String[] parts = row.split("/| +", 3);
      try {
        byte[] first = InetAddress.getByName(parts[0]).getAddress();
        return new Block(
            new BigInteger(1, first), first.length * 8, Integer.parseInt(parts[1]), parts[2]);
      } catch (UnknownHostException notAnAddress) {
        throw new IllegalArgumentException("No block of addresses: " + row, notAnAddress);
      }
    }

    boolean holds(byte[] address) {
      int rest = bits - prefix;
      return address.length * 8 == bits
          && new BigInteger(1, address).shiftRight(rest).equals(first.shiftRight(rest));
    }
  }
}
