package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/** Sysfs as a Raspberry Pi 5 has it, in a folder. */
class LabelsTest {

  @TempDir private Path root = Path.of("");

  @Test
  void findsAChipByItsLabelWhateverItsNumber() throws Exception {
    chip(512, "gpio-brcmstb@107d508500", "gpiochip10", "gpiochip11");
    chip(569, "pinctrl-rp1", "gpiochip0");
    assertThat(new Labels(root).header("pinctrl-rp1")).isEqualTo("gpiochip0");
    // One of two that share a device: which of them it is nobody says.
    assertThatThrownBy(() -> new Labels(root).header("gpio-brcmstb@107d508500"))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void tellsWhatThereIsInstead() throws Exception {
    var labels = new Labels(root);
    assertThatThrownBy(() -> labels.header("pinctrl-rp1"))
        .isInstanceOf(Unavailable.class)
        .hasMessage("this machine has no pins: expected 'pinctrl-rp1'");
    chip(512, "pinctrl-bcm2711", "gpiochip0");
    chip(570, "raspberrypi-exp-gpio", "gpiochip1");
    assertThatThrownBy(() -> labels.header("pinctrl-rp1"))
        .hasMessage(
            "no chip with pins is called 'pinctrl-rp1': here are pinctrl-bcm2711,"
                + " raspberrypi-exp-gpio");
  }

  @Test
  void findsAPwmChipByItsDevice() throws Exception {
    var device = Files.createDirectories(root.resolve("sys/devices/1f00098000.pwm"));
    var chip = Files.createDirectories(root.resolve("sys/class/pwm/pwmchip7"));
    Files.createSymbolicLink(chip.resolve("device"), device);
    assertThat(new Labels(root).pwm("1f00098000.pwm")).isEqualTo("pwmchip7");
    assertThatThrownBy(() -> new Labels(root).pwm("fe20c000.pwm"))
        .hasMessage("no chip with PWM is called 'fe20c000.pwm': here are 1f00098000.pwm");
  }

  private void chip(int base, String label, String... names) throws Exception {
    var folder = Files.createDirectories(root.resolve("sys/class/gpio/gpiochip" + base));
    Files.writeString(folder.resolve("label"), label + "\n");
    for (var name : names) {
      Files.createDirectories(folder.resolve("device").resolve(name));
    }
  }
}
