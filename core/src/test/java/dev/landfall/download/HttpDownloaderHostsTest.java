package dev.landfall.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.landfall.event.Reason;
import dev.landfall.file.FetchException;
import dev.landfall.file.FileReference;
import dev.landfall.file.SignedLink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a downloader connects to. */
class HttpDownloaderHostsTest {

  @RegisterExtension
  static final WireMockExtension host = WireMockExtension.newInstance()
      .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
      .build();

  @TempDir
  Path folder;

  /** Nobody should come here. */
  private ServerSocketChannel inside;

  @BeforeEach
  void listen() throws Exception {
    inside =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    inside.configureBlocking(false);
  }

  @AfterEach
  void close() throws Exception {
    inside.close();
  }

  private Downloaded fetch(HostPolicy hosts, String link) throws InterruptedException {
    try (var downloader = new HttpDownloader(hosts, Clock.systemUTC())) {
      return downloader.fetch(
          FileReference.of(SignedLink.of(link)),
          Part.at(folder.resolve("file")),
          (soFar, inAll) -> {});
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/f",
        "https://127.0.0.1:PORT/f",
        "http://127.000.000.001:PORT/f",
        "http://127.1:PORT/f",
        "http://2130706433:PORT/f",
        "http://0x7f000001:PORT/f",
        "http://0177.0.0.1:PORT/f",
        "http://0:PORT/f",
        "http://0.0.0.0:PORT/f",
        "http://localhost:PORT/f",
        "http://LOCALHOST.:PORT/f",
        "http://files.localhost:PORT/f",
        "http://[::1]:PORT/f",
        "http://[::ffff:127.0.0.1]:PORT/f",
        "http://[::ffff:7f00:1]:PORT/f",
        "http://[::127.0.0.1]:PORT/f",
        "http://user@127.0.0.1:PORT/f",
        "http://127.0.0.1:PORT#@a.blob.core.windows.net/f",
        "http://127.0.0.1:PORT\\@a.blob.core.windows.net/f",
        "http://a.blob.core.windows.net@127.0.0.1:PORT/f",
        "http://127.0.0.1:1@127.0.0.1:PORT/f"
      })
  void aHostThatIsRefusedGetsNoConnection(String link) throws Exception {
    HostPolicy hosts = HostPolicy.azureStorage()
        .allow("files.localhost")
        .trust(URI.create("http://127.0.0.1:1"))
        .trust(URI.create("http://localhost:1"));
    String port = Integer.toString(inside.socket().getLocalPort());
    FetchException refused =
        assertThrows(FetchException.class, () -> fetch(hosts, link.replace("PORT", port)));
    assertTrue(
        Set.of(Reason.HOST_NOT_ALLOWED, Reason.LINK_MALFORMED).contains(refused.reason()),
        refused.getMessage());
    assertFalse(refused.retryable());
    assertNull(inside.accept(), "somebody came");
  }

  @Test
  void noProxyOfTheSystemPropertiesIsAsked() throws Exception {
    URI origin = URI.create(host.baseUrl());
    host.stubFor(WireMock.get("/f").willReturn(WireMock.ok("straight")));
    Properties before = (Properties) System.getProperties().clone();
    try {
      for (String proxy : new String[] {"http.proxy", "https.proxy", "socksProxy"}) {
        System.setProperty(proxy + "Host", "127.0.0.1");
        System.setProperty(proxy + "Port", Integer.toString(inside.socket().getLocalPort()));
      }
      // Otherwise hosts on this machine have no proxy.
      System.setProperty("http.nonProxyHosts", "");
      assertEquals(
          Proxy.Type.HTTP, ProxySelector.getDefault().select(origin).get(0).type());
      fetch(HostPolicy.nothing().trust(origin), origin + "/f");
    } finally {
      System.setProperties(before);
    }
    assertEquals("straight", Files.readString(folder.resolve("file")));
    assertNull(inside.accept(), "the proxy was asked");
  }
}
