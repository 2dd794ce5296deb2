package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProviderImpl;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProviderImpl;
import com.pi4j.plugin.mock.provider.i2c.MockI2CProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Mistakes;
import org.kerbside.config.SiteConfig;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.board.BoardBus;
import org.kerbside.drivers.board.LinuxHardware;
import org.kerbside.drivers.board.PinField;
import org.kerbside.drivers.board.Place;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.gateway.app.wiring.HandGateway;
import org.kerbside.gateway.app.wiring.Running;
import org.kerbside.gateway.model.Clock;

/** The main job by pins: Pi4J's own mock of them, the whole gateway, a real city. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Timeout(60)
class BoardJobTest {

  private static final Path SITE = GatewayProcess.home().resolve("config/sites/board-field.yaml");
  private static final String PREFIX = "kerbside/1/bench/BOARD-1";

  @TempDir private Path data;
  private final Map<Integer, MockDigitalInput> inputs = new ConcurrentHashMap<>();
  private final Map<Integer, DigitalOutput> outputs = new ConcurrentHashMap<>();
  private Mosquitto broker;
  private City city;

  @BeforeEach
  void openTheStreet() throws Exception {
    // What sysfs of a Raspberry Pi 5 says of its pins.
    var chip = Files.createDirectories(data.resolve("sys/class/gpio/gpiochip569"));
    Files.writeString(chip.resolve("label"), "pinctrl-rp1\n");
    Files.createDirectories(chip.resolve("device/gpiochip0"));
    broker = Mosquitto.start();
    city = City.at(broker.port());
  }

  @AfterEach
  void closeTheStreet() {
    city.close();
    broker.close();
  }

  @Test
  void aDoorThatShutsIsAtTheCityAndWhatTheCityOrdersIsOnAPin() throws Exception {
    var clock = new FastClock(Instant.now(), 1);
    var running = new Running(data.resolve("kept"), null, clock, event -> {});
    var settings = List.of("uplink.url=" + broker.url());
    var gateway =
        HandGateway.of(SITE, settings, running, "gpio", (site, with) -> pins(site, with.clock()));
    gateway.start();
    try {
      awaitFlag("stall-1/shut", true); // The mock's lines are low: its contact is closed.
      at(5).mockState(DigitalState.HIGH);
      awaitFlag("stall-1/shut", false);

      order("m-1", "wc-1/fan", "true");
      Await.until("the fan's pin", () -> output(20) == DigitalState.HIGH);
      Await.until("the outcome", () -> city.newest(PREFIX + "/r/m-1").contains("\"done\""));
    } finally {
      gateway.stop();
    }
    assertThat(output(20)).isEqualTo(DigitalState.LOW);
    assertThat(output(7)).as("a lamp in doubt is lit").isEqualTo(DigitalState.LOW);
  }

  private Driver pins(SiteConfig site, Clock clock) {
    var config = site.buses().stream().filter(this::isGpio).findFirst().orElseThrow();
    var devices = site.devices().stream().filter(each -> each.bus().equals("gpio")).toList();
    var bus = BoardBus.read(config, new Mistakes());
    if (bus == null || !(bus.place() instanceof Place.Lines lines)) {
      throw new AssertionError("no pins");
    }
    var hardware =
        new LinuxHardware(data, this::mockInputs, this::mockOutputs, MockI2CProvider::newInstance);
    return new PinField(bus, lines, devices, hardware, clock::nanos);
  }

  private boolean isGpio(BusConfig bus) {
    return bus.name().text().equals("gpio");
  }

  private MockDigitalInputProvider mockInputs() {
    return new MockDigitalInputProviderImpl() {
      @Override
      public DigitalInput create(DigitalInputConfig config) {
        var input = (MockDigitalInput) super.create(config);
        inputs.put(config.address(), input);
        return input;
      }
    };
  }

  private MockDigitalOutputProvider mockOutputs() {
    return new MockDigitalOutputProviderImpl() {
      @Override
      public DigitalOutput create(DigitalOutputConfig config) {
        var output = super.create(config);
        outputs.put(config.address(), output);
        return output;
      }
    };
  }

  private MockDigitalInput at(int line) {
    var input = inputs.get(line);
    if (input == null) {
      throw new AssertionError("line %d is not taken".formatted(line));
    }
    return input;
  }

  private DigitalState output(int line) {
    var output = outputs.get(line);
    return output == null ? DigitalState.UNKNOWN : output.state();
  }

  private void order(String id, String point, String value) throws Exception {
    broker.publish(
        PREFIX + "/c/" + id,
        """
        {"v":1,"id":"%s","op":"set","point":"%s","value":%s,"by":"dispatch:test",\
        "issued":1790000000,"expires":4000000000,"lease":3600}"""
            .formatted(id, point, value),
        1);
  }

  private void awaitFlag(String point, boolean flag) throws Exception {
    Await.until(
        "%s %s".formatted(point, flag),
        () -> {
          var told = city.soFar().getOrDefault(point, List.of());
          return !told.isEmpty() && told.getLast().value().asBoolean() == flag;
        });
  }
}
