package org.kerbside.drivers.coap;

import static org.kerbside.drivers.testkit.Assets.asset;
import static org.kerbside.drivers.testkit.Assets.flag;
import static org.kerbside.drivers.testkit.Assets.num;

import java.net.InetAddress;
import java.net.InetSocketAddress;
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

  private final @Nullable Keys keys;
  private final List<String> addresses;
  private CoapField field;

  OpenField(@Nullable Keys keys, String... addresses) throws Exception {
    this.keys = keys;
    this.addresses = List.of(addresses);
    this.field = another(keys, port, this.addresses);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws DeviceException {
    field.open(inlet);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
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
    return another(keys, port, addresses);
  }

  private static CoapField another(@Nullable Keys keys, int port, List<String> addresses) {
    var bin =
        asset("bin-7", num("distance", Unit.METRE), num("temperature", Unit.CELSIUS), flag("open"));
    var devices =
        addresses.stream()
            .map(address -> new Device("field", address, at(address), bin, null))
            .toList();
    var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new CoapField(
        new CoapBus("field", listen, keys, Mark.of("site.yaml", "coap")), devices, () -> NOW);
  }

  private static Text at(String address) {
    return new Text("coap/" + address, Mark.of("site.yaml", "coap"), Text.Style.PLAIN);
  }
}
