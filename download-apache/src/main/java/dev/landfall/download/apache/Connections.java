package dev.landfall.download.apache;

import dev.landfall.download.HostPolicy;
import dev.landfall.download.Patience;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Makes the pool of connections: to allowed addresses, over sockets that an interrupt closes. */
final class Connections extends PoolingHttpClientConnectionManagerBuilder {

  /** After which a kept connection is looked at before it is used: the host may have closed it. */
  private static final TimeValue FRESH = TimeValue.ofSeconds(1);

  Connections(HostPolicy hosts, Patience patience, Duration kept) {
    Timeout connect = Timeout.of(patience.connect());
    setDnsResolver(new AllowedAddresses(hosts));
    setTlsSocketStrategy(tls());
    setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build());
    setDefaultConnectionConfig(ConnectionConfig.custom()
        .setConnectTimeout(connect)
        .setIdleTimeout(Timeout.of(kept))
        .setValidateAfterInactivity(FRESH)
        .build());
    // The pipeline bounds the downloads of a host; a second bound here could only make them wait
    // for each other.
    setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX);
    setMaxConnPerRoute(Integer.MAX_VALUE);
  }

  private static TlsSocketStrategy tls() {
    try {
      return new DefaultClientTlsStrategy(SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("The JDK has no default SSLContext.", e);
    }
  }

  @Override
  protected HttpClientConnectionOperator createConnectionOperator(
      SchemePortResolver ports, DnsResolver addresses, TlsSocketStrategy tls) {
    // A read from a plain socket goes on when its thread is interrupted; one from the socket of a
    // channel ends, without anybody who watches it.
    return new DefaultHttpClientConnectionOperator(
        proxy -> SocketChannel.open().socket(),
        ports,
        addresses,
        RegistryBuilder.<TlsSocketStrategy>create().register("https", tls).build());
  }

  /** Asks the policy at each new connection. */
  private record AllowedAddresses(HostPolicy hosts) implements DnsResolver {

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
      return hosts.addressesOf(host, port).stream()
          .map(address -> new InetSocketAddress(address, port))
          .toList();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return hosts.addressesOf(host, 443).toArray(new InetAddress[0]);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
