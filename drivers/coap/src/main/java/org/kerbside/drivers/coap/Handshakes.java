package org.kerbside.drivers.coap;

import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.DtlsDatagramFilter;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertDescription;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.DTLSContext;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.Record;
import org.eclipse.californium.scandium.dtls.SessionListener;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.dtls.x509.StaticNewAdvancedCertificateVerifier;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Inlet;

/**
 * DTLS 1.2 by keys that each device shares with us, or by certificates (RFC 6347, RFC 4279, RFC
 * 7925). A sensor begins; we never do, for it sleeps. A connection is known by an identifier of its
 * own (RFC 9146), so that a sensor behind a router that changed its port goes on without another
 * handshake. What fails is reported.
 */
final class Handshakes implements SessionListener {

  private static final int IDENTIFIER = 6; // bytes of a connection's identifier

  /** A connection that was silent for so long gives way to a new one. */
  private static final int STALE_MINUTES = 30;

  /** Who began and has not proved itself yet; the newest. */
  private static final int BEGUN = 256;

  private static final Set<AlertDescription> OF_CERTIFICATES =
      EnumSet.of(
          AlertDescription.BAD_CERTIFICATE,
          AlertDescription.UNSUPPORTED_CERTIFICATE,
          AlertDescription.CERTIFICATE_EXPIRED,
          AlertDescription.CERTIFICATE_UNKNOWN,
          AlertDescription.UNKNOWN_CA);

  private final Inlet inlet;
  private final Map<ConnectionId, String> begun = // guarded by itself
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConnectionId, String> eldest) {
          return size() > BEGUN;
        }
      };

  Handshakes(Inlet inlet) {
    this.inlet = inlet;
  }

  Connector connector(
      InetSocketAddress listen, Proofs proofs, int peers, Configuration configuration) {
    var builder =
        DtlsConnectorConfig.builder(configuration)
            .set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY)
            .set(DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE, CertificateAuthenticationMode.NEEDED)
            .set(DtlsConfig.DTLS_MAX_CONNECTIONS, peers)
            .set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, STALE_MINUTES, TimeUnit.MINUTES)
            .set(DtlsConfig.DTLS_REMOVE_STALE_DOUBLE_PRINCIPALS, true)
            .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, IDENTIFIER)
            .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
            .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1)
            .setAddress(listen)
            .setSessionListener(this)
            .setDatagramFilter(new Filter(configuration));
    if (proofs.keys() != null) {
      builder.setAdvancedPskStore(new Store(proofs.keys().byDevice()));
    }
    var own = proofs.certificates();
    if (own != null) {
      builder
          .setCertificateIdentityProvider(new OwnPair(proofs.folder(), own))
          .setAdvancedCertificateVerifier(
              StaticNewAdvancedCertificateVerifier.builder()
                  .setTrustedCertificates(own.authorities().toArray(Certificate[]::new))
                  .build());
    }
    return new DTLSConnector(builder.build());
  }

  @Override
  public void handshakeStarted(Handshaker handshaker) {}

  @Override
  public void contextEstablished(Handshaker handshaker, DTLSContext context) {}

  @Override
  public void handshakeCompleted(Handshaker handshaker) {
    forget(handshaker.getConnection());
  }

  /** Also of a sensor that went away; like all that is reported it is thinned. */
  @Override
  public void handshakeFailed(Handshaker handshaker, Throwable error) {
    var who = forget(handshaker.getConnection());
    if (who != null || isOfCertificate(error)) {
      inlet.report(
          "handshake-failed",
          who == null ? String.valueOf(handshaker.getPeerAddress()) : who,
          String.valueOf(error.getMessage()));
    }
  }

  private static boolean isOfCertificate(Throwable error) {
    return error instanceof HandshakeException refused
        && OF_CERTIFICATES.contains(refused.getAlert().getDescription());
  }

  private @Nullable String forget(Connection connection) {
    synchronized (begun) {
      return begun.remove(connection.getConnectionId());
    }
  }

  @Override
  public void handshakeFlightRetransmitted(Handshaker handshaker, int flight) {}

  /** What does not decrypt before a handshake is complete was made with another key. */
  private final class Filter extends DtlsDatagramFilter {

    Filter(Configuration configuration) {
      super(configuration);
    }

    @Override
    public boolean onMacError(Record telegram, Connection connection) {
      var who = forget(connection);
      if (who != null) {
        inlet.report("handshake-failed", who, "its key is not the one of the bus's keys");
      }
      return super.onMacError(telegram, connection);
    }
  }

  /** The keys as a handshake asks for them. */
  private final class Store implements AdvancedPskStore {

    private final Map<String, byte[]> keys;

    Store(Map<String, byte[]> keys) {
      this.keys = keys;
    }

    @Override
    public boolean hasEcdhePskSupported() {
      return true;
    }

    @Override
    public PskSecretResult requestPskSecretResult(
        ConnectionId connection,
        @Nullable ServerNames names,
        PskPublicInformation identity,
        @Nullable String hmac,
        @Nullable SecretKey other,
        byte @Nullable [] seed,
        boolean isMasterSecretExtended) {
      var device = identity.getPublicInfoAsString();
      var key = keys.get(device);
      if (key == null) {
        inlet.report("unknown-device", device, "the bus's keys have none for it");
        return new PskSecretResult(connection, identity, null);
      }
      synchronized (begun) {
        begun.put(connection, device);
      }
      return new PskSecretResult(connection, identity, SecretUtil.create(key, "PSK"));
    }

    /** Only who begins has one. */
    @Override
    public @Nullable PskPublicInformation getIdentity(
        InetSocketAddress peer, @Nullable ServerNames names) {
      return null;
    }

    /** Every answer is there at once. */
    @Override
    public void setResultHandler(HandshakeResultHandler handler) {}
  }
}
