package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.extension.Plugin;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProviderImpl;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProviderImpl;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProviderImpl;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProviderImpl;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProviderImpl;
import com.pi4j.plugin.mock.provider.i2c.MockI2C;
import com.pi4j.plugin.mock.provider.i2c.MockI2CProviderImpl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/** Pi4J's adapter with Pi4J's own mock, and the kernel's files in a folder. */
class LinuxHardwareTest {

  private static final Place.Header HEADER = new Place.Header("pinctrl-rp1");

  @TempDir private Path root = Path.of("");

  private final List<MockDigitalInput> inputs = new ArrayList<>();
  private final List<DigitalOutput> outputs = new ArrayList<>();
  private final List<MockI2C> chips = new ArrayList<>();

  /** One of Pi4J's plugins answers LOW and 0 to everything, without an error: a bin is full. */
  @Test
  void itsProvidersAreTheseAndNoneIsFound() {
    assertThat(new LinuxHardware(root).providers())
        .extracting(provider -> (Object) provider.getClass())
        .containsExactly(
            GpioDDigitalInputProviderImpl.class,
            GpioDDigitalOutputProviderImpl.class,
            LinuxFsI2CProviderImpl.class);
    assertThat(ServiceLoader.load(Plugin.class))
        .extracting(plugin -> plugin.getClass().getSimpleName())
        .containsExactlyInAnyOrder("GpioDPlugin", "LinuxFsPlugin", "MockPlugin");
  }

  @Test
  void aMachineWithoutPinsSaysSo() {
    assertThatThrownBy(() -> new LinuxHardware(root).open(HEADER))
        .isInstanceOf(Unavailable.class)
        .hasMessage("this machine has no pins: expected 'pinctrl-rp1'");
  }

  /** Native code is loaded by the class that needs it, and its error is no exception. */
  @Test
  void nativeCodeThatCannotBeLoadedIsALineThatIsNotThere() {
    assertThatThrownBy(
            () ->
                Pi4jCalls.told(
                    "line 5",
                    () -> {
                      throw new ExceptionInInitializerError(new UnsatisfiedLinkError("wrong ELF"));
                    }))
        .isInstanceOf(Unavailable.class)
        .hasMessage("line 5: wrong ELF");
  }

  @Test
  void aMachineThatPi4jDoesNotKnowSaysSo() throws Exception {
    labelled();
    var real = new LinuxHardware(root).providers();
    var hardware =
        new LinuxHardware(
            root,
            () -> (GpioDDigitalInputProviderImpl) real.get(0),
            () -> (GpioDDigitalOutputProviderImpl) real.get(1),
            LinuxFsI2CProviderImpl::new);
    try (var pins = hardware.open(HEADER)) {
      assertThatThrownBy(() -> pins.input(5, Pull.UP, level -> {}))
          .isInstanceOf(Unavailable.class)
          .hasMessageStartingWith("line 5: ");
    }
  }

  @Test
  void hearsEachEdgeAndAsksTheLineItself() throws Exception {
    var heard = new ArrayList<Level>();
    try (var pins = mocked().open(HEADER)) {
      var input = pins.input(5, Pull.UP, heard::add);
      assertThat(input.level()).isEqualTo(Level.LOW);
      inputs.getLast().mockState(DigitalState.HIGH);
      assertThat(input.level()).isEqualTo(Level.HIGH);
      assertThat(heard).containsExactly(Level.HIGH);

      var again = pins.input(5, Pull.UP, heard::add);
      inputs.getLast().mockState(DigitalState.HIGH);
      assertThat(again.level()).isEqualTo(Level.HIGH);
      assertThat(heard).hasSize(2);
    }
  }

  @Test
  void anOutputIsNeverDrivenToAnythingBeforeWhatIsSafe() throws Exception {
    try (var pins = mocked().open(HEADER)) {
      var output = pins.output(7, Duration.ZERO, 1);
      assertThat(outputs.getLast().config().initialState()).isEqualTo(DigitalState.HIGH);
      output.drive(0);
      assertThat(outputs.getLast().state()).isEqualTo(DigitalState.LOW);
    }
    // Opened again as from the beginning.
    try (var pins = mocked().open(HEADER)) {
      pins.output(7, Duration.ZERO, 0);
      assertThat(outputs.getLast().state()).isEqualTo(DigitalState.LOW);
    }
  }

  @Test
  void aPwmChannelGoesFromLevelToLevelWithoutBeingOff() throws Exception {
    var device = Files.createDirectories(root.resolve("sys/devices/a.pwm"));
    var chip = Files.createDirectories(root.resolve("sys/class/pwm/pwmchip0"));
    Files.createSymbolicLink(chip.resolve("device"), device);
    var channel = Files.createDirectories(chip.resolve("pwm2")); // as export makes it
    try (var pins = mocked().open(new Place.Pwm("a.pwm"))) {
      var output = pins.output(2, Duration.ofMillis(1), 1);
      assertThat(channel.resolve("period")).hasContent("1000000");
      assertThat(channel.resolve("duty_cycle")).hasContent("1000000");
      Files.delete(channel.resolve("enable"));
      output.drive(0.25);
      assertThat(channel.resolve("duty_cycle")).hasContent("250000");
      assertThat(channel.resolve("enable")).doesNotExist();
    }
    assertThat(channel.resolve("duty_cycle")).as("goes on as it is").hasContent("250000");
  }

  @Test
  void aChipIsWrittenToAndRead() throws Exception {
    Files.createDirectories(root.resolve("dev"));
    Files.createFile(root.resolve("dev/i2c-1"));
    try (var chip = mocked().open(new Place.I2cBus(1), 0x44)) {
      chip.write(0x24, 0x00); // the mock gives back what it was given
      assertThat(chip.read(2)).containsExactly(0x24, 0x00);
      assertThatThrownBy(() -> chip.read(6))
          .isInstanceOf(NoAnswer.class)
          .hasMessage("i2c-1/0x44: 0 bytes of 6 came");

      chips.getLast().writeRegister(0x10, new byte[] {1, 2, 3});
      assertThat(chip.exchange(new byte[] {0x10}, 3)).containsExactly(1, 2, 3);
      assertThat(chips).hasSize(1);
      // What goes wrong inside costs the descriptor, and the next exchange has a new one.
      assertThatThrownBy(() -> chip.exchange(new byte[] {-1, -1}, 1)).isInstanceOf(NoAnswer.class);
      chip.write(0x01);
      assertThat(chips).hasSize(2);
    }
  }

  @Test
  void aBusThatIsNotThereSaysHowToSwitchItOn() {
    assertThatThrownBy(() -> mocked().open(new Place.I2cBus(1), 0x44))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("/dev/i2c-1 is not there");
  }

  private LinuxHardware mocked() throws Exception {
    labelled();
    return new LinuxHardware(
        root,
        () ->
            new MockDigitalInputProviderImpl() {
              @Override
              public DigitalInput create(DigitalInputConfig config) {
                var input = (MockDigitalInput) super.create(config);
                inputs.add(input);
                return input;
              }
            },
        () ->
            new MockDigitalOutputProviderImpl() {
              @Override
              public DigitalOutput create(DigitalOutputConfig config) {
                var output = super.create(config);
                outputs.add(output);
                return output;
              }
            },
        () ->
            new MockI2CProviderImpl() {
              @Override
              public I2C create(I2CConfig config) {
                var chip = (MockI2C) super.create(config);
                chips.add(chip);
                return chip;
              }
            });
  }

  private void labelled() throws Exception {
    var chip = Files.createDirectories(root.resolve("sys/class/gpio/gpiochip569"));
    Files.writeString(chip.resolve("label"), "pinctrl-rp1\n");
    Files.createDirectories(chip.resolve("device/gpiochip0"));
  }
}
