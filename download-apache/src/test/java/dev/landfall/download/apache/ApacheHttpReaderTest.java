package dev.landfall.download.apache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.landfall.download.HostPolicy;
import dev.landfall.download.HttpReader;
import dev.landfall.download.Patience;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.testkit.HttpReaderContract;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApacheHttpReaderTest extends HttpReaderContract {

  @Override
  protected HttpReader open(HostPolicy hosts, Patience patience) {
    return ApacheHttpReader.open(hosts, patience);
  }

  /** As when a name changes its address after the policy has looked. */
  @Test
  void noAddressIsConnectedToThatThePolicyDoesNotAllow() throws Exception {
    try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpReader strict = open(HostPolicy.azureStorage(), Patience.usual())) {
      inside.setSoTimeout(50);
      for (String host : new String[] {"localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"}) {
        URI link = URI.create("http://" + host + ":" + inside.getLocalPort() + "/f?sig=secret");
        FetchException refused =
            assertThrows(FetchException.class, () -> strict.get(link, Map.of()).close());
        assertEquals(Reason.HOST_NOT_ALLOWED, refused.reason());
        assertFalse(refused.getMessage().contains("secret"));
      }
      assertThrows(SocketTimeoutException.class, () -> inside.accept().close());
    }
  }
}
