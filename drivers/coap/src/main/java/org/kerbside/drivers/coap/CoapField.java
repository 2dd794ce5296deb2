package org.kerbside.drivers.coap;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Senml;
import org.kerbside.gateway.model.Asset;

/**
 * Sensors that post SenML packs to {@code /s/{device}}, in plaintext or by DTLS, and those that
 * wait to be asked, which are observed. Bodies of at most 64 KiB, and so many peers as the site has
 * devices, twice, but 256 at least; two threads of Californium's work.
 */
public final class CoapField implements Driver {

  private static final int FEWEST_PEERS = 256;
  private static final int DATAGRAM = 2048; // bytes; larger packs come in blocks
  private static final int THREADS = 2;

  private final CoapBus bus;
  private final Map<String, List<Asset>> assets;
  private final InstantSource receipt;
  private final Path identity;

  // From open to close.
  private final List<Observation> observations = new ArrayList<>();
  private @Nullable CoapServer server;
  private @Nullable ScheduledThreadPoolExecutor timer;

  /**
   * Opens nothing yet.
   *
   * @param receipt the wall clock that relative times are counted from
   * @param identity the folder of the gateway's certificate, where the bus shows it
   */
  public CoapField(CoapBus bus, List<Device> devices, InstantSource receipt, Path identity) {
    this.bus = bus;
    this.identity = identity;
    this.assets = byAddress(devices);
    this.receipt = receipt;
  }

  private static Map<String, List<Asset>> byAddress(List<Device> devices) {
    var byAddress = new HashMap<String, List<Asset>>();
    for (var device : devices) {
      byAddress.computeIfAbsent(device.address(), address -> new ArrayList<>()).add(device.asset());
    }
    return byAddress;
  }

  @Override
  public synchronized void open(Inlet inlet) throws DeviceException {
    int peers = Math.max(FEWEST_PEERS, 2 * assets.size());
    var configuration = configuration(peers);
    var builder = CoapEndpoint.builder().setConfiguration(configuration);
    var dtls = bus.dtls();
    var endpoint =
        dtls == null
            ? builder.setInetSocketAddress(bus.listen()).build()
            : builder
                .setConnector(
                    new Handshakes(inlet)
                        .connector(bus.listen(), proofs(dtls), peers, configuration))
                .build();
    var acceptance =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("coap-timer").daemon().factory());
    acceptance.setRemoveOnCancelPolicy(true);
    var opened = new CoapServer(configuration);
    opened.add(new Packs(assets, inlet, receipt, acceptance));
    opened.addEndpoint(endpoint);
    timer = acceptance;
    server = opened;
    start(opened, endpoint);
    for (var watched : bus.watched()) {
      var of = assets.getOrDefault(watched.device().text(), List.of());
      var observation = new Observation(watched, of, inlet, receipt, endpoint, acceptance);
      observations.add(observation);
      observation.begin();
    }
  }

  private Proofs proofs(Dtls dtls) throws DeviceException {
    return switch (dtls.identity()) {
      case NONE -> new Proofs(dtls.keys(), null, identity);
      case CERTIFICATE -> new Proofs(dtls.keys(), Certificates.in(identity), identity);
    };
  }

  private void start(CoapServer opened, CoapEndpoint endpoint) throws Unavailable {
    try {
      opened.start();
    } catch (IllegalStateException swallowed) {
      // Californium logs why and throws without it: only a second try tells.
      String why = reason(endpoint);
      close();
      throw new Unavailable(
          "bus %s: cannot listen on coap %s: %s".formatted(bus.name(), place(), why));
    }
  }

  private static String reason(CoapEndpoint endpoint) {
    try {
      endpoint.start();
      return "it came free meanwhile; start again";
    } catch (BindException taken) {
      return "the port is taken or the address is not this machine's (%s); free it or change listen"
          .formatted(taken.getMessage());
    } catch (IOException other) {
      return String.valueOf(other.getMessage());
    }
  }

  private String place() {
    return bus.listen().getAddress().getHostAddress() + ":" + bus.listen().getPort();
  }

  @Override
  public synchronized void close() {
    observations.forEach(Observation::close);
    observations.clear();
    if (server != null) {
      server.destroy();
      server = null;
    }
    if (timer != null) {
      timer.shutdownNow();
      timer = null;
    }
  }

  /** In code: Californium's own way writes a properties file into the working folder. */
  private static Configuration configuration(int peers) {
    return new Configuration(
            CoapConfig.DEFINITIONS,
            UdpConfig.DEFINITIONS,
            DtlsConfig.DEFINITIONS,
            SystemConfig.DEFINITIONS)
        .set(CoapConfig.MAX_ACTIVE_PEERS, peers)
        .set(CoapConfig.MAX_PEER_INACTIVITY_PERIOD, 10, TimeUnit.MINUTES)
        .set(CoapConfig.MAX_SERVER_OBSERVES, 64)
        .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, Senml.MOST_BYTES)
        .set(CoapConfig.MAX_MESSAGE_SIZE, 1024)
        .set(CoapConfig.PREFERRED_BLOCK_SIZE, 1024)
        .set(CoapConfig.BLOCKWISE_STATUS_LIFETIME, 30, TimeUnit.SECONDS)
        .set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP)
        .set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, 16)
        .set(CoapConfig.USE_MESSAGE_OFFLOADING, true)
        .set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, THREADS)
        .set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1)
        .set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1)
        .set(UdpConfig.UDP_DATAGRAM_SIZE, DATAGRAM)
        .set(UdpConfig.UDP_CONNECTOR_OUT_CAPACITY, 512);
  }
}
