package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  private static Optional<String> kindOf(String literal) throws Exception {
    return Addresses.specialKind(InetAddress.getByName(literal));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
          this network      | 0.0.0.0       | 0.255.255.255   |                 | 1.0.0.0
          private 10        | 10.0.0.0      | 10.255.255.255  | 9.255.255.255   | 11.0.0.0
          shared            | 100.64.0.0    | 100.127.255.255 | 100.63.255.255  | 100.128.0.0
          loopback          | 127.0.0.0     | 127.255.255.255 | 126.255.255.255 | 128.0.0.0
          platform of Azure | 168.63.129.16 | 168.63.129.16   | 168.63.129.15   | 168.63.129.17
          link-local        | 169.254.0.0   | 169.254.255.255 | 169.253.255.255 | 169.255.0.0
          private 172       | 172.16.0.0    | 172.31.255.255  | 172.15.255.255  | 172.32.0.0
          protocols         | 192.0.0.0     | 192.0.0.255     | 191.255.255.255 | 192.0.1.0
          TEST-NET-1        | 192.0.2.0     | 192.0.2.255     | 192.0.1.255     | 192.0.3.0
          6to4 relays       | 192.88.99.0   | 192.88.99.255   | 192.88.98.255   | 192.88.100.0
          private 192       | 192.168.0.0   | 192.168.255.255 | 192.167.255.255 | 192.169.0.0
          benchmarks        | 198.18.0.0    | 198.19.255.255  | 198.17.255.255  | 198.20.0.0
          TEST-NET-2        | 198.51.100.0  | 198.51.100.255  | 198.51.99.255   | 198.51.101.0
          TEST-NET-3        | 203.0.113.0   | 203.0.113.255   | 203.0.112.255   | 203.0.114.0
          multicast         | 224.0.0.0     | 239.255.255.255 | 223.255.255.255 |
          reserved          | 240.0.0.0     | 255.255.255.255 |                 |
          below 2000::/3    | ::            | 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff |                                         | 2000::
          protocols         | 2001::        | 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff  | 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff | 2001:200::
          documentation     | 2001:db8::    | 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff  | 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff  | 2001:db9::
          6to4              | 2002::        | 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff | 2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff | 2003::
          documentation     | 3fff::        | 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff  | 3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff | 3fff:1000::
          above 2000::/3    | 4000::        | ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | 3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff |
          """)
  void aBlockIsNotPublicFromItsFirstToItsLastAddressAndNoFurther(
      String row, String first, String last, String before, String after) throws Exception {
    assertTrue(kindOf(first).isPresent(), first);
    assertTrue(kindOf(last).isPresent(), last);
    for (String neighbour : new String[] {before, after}) {
      if (neighbour != null) {
        assertEquals(Optional.empty(), kindOf(neighbour), neighbour);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, loopback",
    "169.254.169.254, link-local",
    "100.100.100.200, shared by the customers of a provider",
    "168.63.129.16, the platform of Azure",
    "::, unspecified",
    "::1, loopback",
    "::7f00:1, not given to hosts",
    "::ffff:10.0.0.1, private",
    "::ffff:0:a00:1, not given to hosts",
    "64:ff9b::10.0.0.1, private",
    "64:ff9b::168.63.129.16, the platform of Azure",
    "64:ff9b:1::20.60.1.1, not given to hosts",
    "64:ff9b:0:0:0:1:143c:101, not given to hosts",
    "100::1, not given to hosts",
    "2001:0:53aa:64c::80ff:fffe, protocol assignments",
    "2001:2::1, protocol assignments",
    "2001:10::1, protocol assignments",
    "2001:20::1, protocol assignments",
    "2002:7f00:1::1, tunnels of 6to4",
    "5f00::1, not given to hosts",
    "fc00::1, unique local",
    "fd00:ec2::254, unique local",
    "fe80::1234:5678:9abc, link-local",
    "febf::1, link-local",
    "fec0::1, site-local",
    "ff02::1, multicast"
  })
  void whatIsNotPublicHasAName(String literal, String kind) throws Exception {
    assertEquals(Optional.of(kind), kindOf(literal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20.60.1.1",
        "8.8.8.8",
        "2603:1030::1",
        "2a00:1450:4001::1",
        "::ffff:20.60.1.1",
        "64:ff9b::20.60.1.1"
      })
  void theRestIsPublic(String literal) throws Exception {
    assertEquals(Optional.empty(), kindOf(literal));
  }

  /** No literal makes one, but a name service of somebody's own may. */
  @Test
  void aMappedAddressThatJavaLeavesInIpv6IsNotPublic() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;
    assertTrue(
        Addresses.specialKind(Inet6Address.getByAddress("mapped", mapped, -1)).isPresent());
  }

  @Test
  void whatJavaKnowsToBeSpecialIsNotPublic() throws Exception {
    for (int begin = 0; begin <= 0xffff; begin++) {
      for (int length : new int[] {4, 16}) {
        byte[] bytes = new byte[length];
        bytes[0] = (byte) (begin >> 8);
        bytes[1] = (byte) begin;
        bytes[length - 1] = 1;
        InetAddress address = InetAddress.getByAddress(bytes);
        boolean special = address.isLoopbackAddress()
            || address.isAnyLocalAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();
        assertTrue(!special || Addresses.specialKind(address).isPresent(), address::toString);
      }
    }
  }
}
