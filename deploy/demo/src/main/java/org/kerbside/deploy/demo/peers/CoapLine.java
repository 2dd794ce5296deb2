package org.kerbside.deploy.demo.peers;

import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Endpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.kerbside.config.Section;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;

/**
 * How CoAP sensors reach their gateway: in plaintext, all from one port; by DTLS, each from a port
 * of its own with the key that it shares with the gateway.
 *
 * @param keys by address; absent in plaintext
 */
record CoapLine(String bus, Map<String, byte[]> keys) {

  static CoapLine plain(String bus) {
    return new CoapLine(bus, Map.of());
  }

  /**
   * By the keys that the gateway's own site has.
   *
   * @param dtls what the site says of the bus: read and found good before
   */
  static CoapLine secure(String bus, Section dtls) {
    var keys = new LinkedHashMap<String, byte[]>();
    var secret = dtls.text("keys");
    if (secret != null) {
      for (var line : secret.text().lines().map(String::strip).toList()) {
        int colon = line.lastIndexOf(':');
        if (colon > 0 && !line.startsWith("#")) {
          var key = HexFormat.of().parseHex(line.substring(colon + 1).strip());
          keys.put(line.substring(0, colon).strip(), key);
        }
      }
    }
    return new CoapLine(bus, keys);
  }

  boolean isPlain() {
    return keys.isEmpty();
  }

  String scheme() {
    return isPlain() ? "coap" : "coaps";
  }

  /** Where a sensor speaks from, started; in plaintext it can be everybody's. */
  Endpoint endpoint(String address) throws CommandException {
    CoapConfig.register();
    UdpConfig.register();
    SystemConfig.register();
    DtlsConfig.register();
    var configuration = Configuration.createStandardWithoutFile();
    var endpoint = CoapEndpoint.builder().setConfiguration(configuration);
    var key = keys.get(address);
    if (key != null) {
      endpoint.setConnector(connector(address, key, configuration));
    }
    return started(endpoint.build());
  }

  private static DTLSConnector connector(String identity, byte[] key, Configuration configuration) {
    configuration.set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY);
    configuration.set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1);
    configuration.set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1);
    return new DTLSConnector(
        DtlsConnectorConfig.builder(configuration)
            .setAdvancedPskStore(new AdvancedSinglePskStore(identity, key))
            .build());
  }

  private Endpoint started(Endpoint endpoint) throws CommandException {
    try {
      endpoint.start();
      return endpoint;
    } catch (IOException taken) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "bus %s: no UDP port: %s".formatted(bus, taken.getMessage()),
          "see that this machine has a network");
    }
  }
}
