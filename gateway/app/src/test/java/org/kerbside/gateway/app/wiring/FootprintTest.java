package org.kerbside.gateway.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the kernel of a Raspberry Pi says of its supply, as its driver {@code rpi_volt} lays it out.
 */
class FootprintTest {

  @TempDir private Path sensors = Path.of("");

  @Test
  void theSupplyIsToldByTheDriverOfThePiAndByNoOther() throws IOException {
    sensor("hwmon0", "cpu_thermal", "1");
    assertThat(Footprint.undervoltage(sensors)).isNull();

    sensor("hwmon1", "rpi_volt", "0");
    assertThat(Footprint.undervoltage(sensors)).isFalse();

    sensor("hwmon1", "rpi_volt", "1");
    assertThat(Footprint.undervoltage(sensors)).isTrue();
  }

  @Test
  void aMachineWithoutSensorsSaysNothing() {
    assertThat(Footprint.undervoltage(sensors.resolve("none"))).isNull();
  }

  private void sensor(String name, String driver, String alarm) throws IOException {
    var folder = Files.createDirectories(sensors.resolve(name));
    Files.writeString(folder.resolve("name"), driver + "\n");
    Files.writeString(folder.resolve("in0_lcrit_alarm"), alarm + "\n");
  }
}
