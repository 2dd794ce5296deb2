package org.kerbside.drivers.board;

import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProvider;
import com.pi4j.provider.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/** The board that this process runs on. */
public final class LinuxHardware implements Hardware {

  private final Path root;
  private final Path natives;
  private final Supplier<DigitalInputProvider> inputs;
  private final Supplier<DigitalOutputProvider> outputs;
  private final Supplier<I2CProvider> wires;

  /**
   * As it is.
   *
   * @param natives a folder of ours, for what pins and I²C need of native code
   */
  public LinuxHardware(Path natives) {
    this(
        Path.of("/"),
        natives,
        GpioDDigitalInputProvider::newInstance,
        GpioDDigitalOutputProvider::newInstance,
        LinuxFsI2CProvider::newInstance);
  }

  /**
   * One that is made up in part.
   *
   * @param root where {@code sys} and {@code dev} are, and {@code native}
   * @param inputs a new provider for each opening
   * @param outputs the same
   * @param wires the same
   */
  public LinuxHardware(
      Path root,
      Supplier<DigitalInputProvider> inputs,
      Supplier<DigitalOutputProvider> outputs,
      Supplier<I2CProvider> wires) {
    this(root, root.resolve("native"), inputs, outputs, wires);
  }

  private LinuxHardware(
      Path root,
      Path natives,
      Supplier<DigitalInputProvider> inputs,
      Supplier<DigitalOutputProvider> outputs,
      Supplier<I2CProvider> wires) {
    this.root = root;
    this.natives = natives;
    this.inputs = inputs;
    this.outputs = outputs;
    this.wires = wires;
  }

  /** Who does the work, by what it is for. */
  List<Provider<?, ?, ?>> providers() {
    return List.of(inputs.get(), outputs.get(), wires.get());
  }

  @Override
  public Pins open(Place.Lines lines) throws Unavailable {
    var labels = new Labels(root);
    return switch (lines) {
      case Place.Header(var label) -> {
        var chip = labels.header(label);
        unpack(NativeLibrary.PINS);
        yield Pi4jPins.open(chip, inputs.get(), outputs.get());
      }
      case Place.Pwm(var label) ->
          new SysfsPwm(root.resolve("sys/class/pwm").resolve(labels.pwm(label)));
    };
  }

  @Override
  public I2cDevice open(Place.I2cBus bus, int address) throws Unavailable {
    if (!Files.exists(root.resolve("dev/i2c-" + bus.number()))) {
      throw new Unavailable(
          "%s is not there: switch I2C on (dtparam=i2c_arm=on), and see ls /dev/i2c-*"
              .formatted(bus));
    }
    unpack(NativeLibrary.I2C);
    return new Pi4jI2c(bus.number(), address, wires);
  }

  private void unpack(NativeLibrary library) throws Unavailable {
    try {
      library.unpackInto(natives);
    } catch (IOException full) {
      throw new Unavailable(
          "what the board needs cannot be written into %s: %s"
              .formatted(natives, full.getMessage()));
    }
  }
}
