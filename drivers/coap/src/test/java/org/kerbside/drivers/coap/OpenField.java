package org.kerbside.drivers.coap;

import static org.kerbside.drivers.testkit.Assets.asset;
import static org.kerbside.drivers.testkit.Assets.flag;
import static org.kerbside.drivers.testkit.Assets.num;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Text;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.gateway.model.Unit;

/** A field that listens on a free port while a test runs; its sensors are all of one bin. */
final class OpenField implements BeforeEachCallback, AfterEachCallback {

  static final Instant NOW = Instant.parse("2026-09-21T14:13:20Z");

  final RecordingInlet inlet = new RecordingInlet();
  final int port = FreePort.udp();

  private final @Nullable Dtls dtls;
  private final Path identity;
  private final List<String> addresses;
  private List<Watched> watched = List.of();
  private CoapField field;

  OpenField(@Nullable Keys keys, String... addresses) throws Exception {
    this(keys == null ? null : new Dtls(keys, Dtls.Identity.NONE), Path.of("none"), addresses);
  }

  /**
   * @param identity the folder of its certificate
   */
  OpenField(@Nullable Dtls dtls, Path identity, String... addresses) throws Exception {
    this.dtls = dtls;
    this.identity = identity;
    this.addresses = List.of(addresses);
    this.field = another();
  }

  /** Observes this resource as a device, from its next opening on. */
  void watches(String device, String resource) {
    watched = List.of(new Watched(at(device).with(device), URI.create(resource)));
    field = another();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws DeviceException {
    open();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  void open() throws DeviceException {
    field.open(inlet);
  }

  void close() {
    field.close();
  }

  /** As after a restart: another one at the same port. */
  void reopen() throws DeviceException {
    close();
    field = another();
    field.open(inlet);
  }

  /** One more at the same port, not open yet. */
  CoapField another() {
    var bin =
        asset("bin-7", num("distance", Unit.METRE), num("temperature", Unit.CELSIUS), flag("open"));
    var devices =
        addresses.stream()
            .map(address -> new Device("field", address, at(address), bin, null))
            .toList();
    var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new CoapField(
        new CoapBus("field", listen, dtls, watched, Mark.of("site.yaml", "coap")),
        devices,
        () -> NOW,
        identity);
  }

  private static Text at(String address) {
    return new Text("coap/" + address, Mark.of("site.yaml", "coap"), Text.Style.PLAIN);
  }
}
