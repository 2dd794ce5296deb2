package org.kerbside.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.config.Mistakes;

/**
 * Every profile for Modbus does what its own test says, and takes no bent telegram for an answer.
 */
class ShippedProfilesTest {

  private static final Pattern BYTES = Pattern.compile("\"((?:[0-9A-F]{2} ){4,}[0-9A-F]{2})\"");

  @TestFactory
  Stream<DynamicTest> eachPassesItsTest() throws IOException {
    var names = names();
    assertThat(names)
        .contains(
            "cwt-soil-ths",
            "dtsu666",
            "dtsu666-whole",
            "dust-485",
            "gas-485",
            "lamp-485",
            "leakage-485",
            "pzem-004t",
            "radar-485",
            "rain-485",
            "relay-485",
            "sdm120",
            "sdm220",
            "sdm630",
            "tilt-485",
            "tuf-2000m",
            "ultrasonic-485",
            "wind-485");
    return names.stream().map(name -> dynamicTest(name, () -> passes(name)));
  }

  private static void passes(String name) {
    var mistakes = new Mistakes();
    var profile = ModbusProfile.read(Written.profile(Written.shipped(name), mistakes), mistakes);
    assertThat(mistakes.all()).isEmpty();
    assertThat(profile).isNotNull();
  }

  /** Every telegram of every profile, every bit of it: no flipped one is an answer. */
  @TestFactory
  Stream<DynamicTest> everySingleBitErrorIsRefused() throws IOException {
    return names().stream()
        .map(
            name ->
                dynamicTest(name, () -> answers(name).forEach(ShippedProfilesTest::refusesBent)));
  }

  private static void refusesBent(byte[] telegram) {
    var read = read(telegram);
    int unit = telegram[0] & 0xFF;
    assertThat(new RtuWindow(unit, read).take(telegram)).isNotNull();
    for (int bit = 0; bit < 8 * telegram.length; bit++) {
      byte[] bent = telegram.clone();
      bent[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(new RtuWindow(unit, read).take(bent))
          .as("bit %d of %s", bit, HexFormat.of().formatHex(telegram))
          .isNull();
    }
  }

  /** What it is an answer to, but for the address, which it does not tell. */
  private static Request.Read read(byte[] telegram) {
    var table = Table.of(telegram[1]);
    assertThat(table).isNotNull();
    int bytes = telegram[2] & 0xFF;
    return table == null
        ? new Request.Read(Table.COIL, 0, 1)
        : new Request.Read(table, 0, table.isOfBits() ? 8 * bytes : bytes / 2);
  }

  private static List<byte[]> answers(String name) {
    var answers = new ArrayList<byte[]>();
    for (var found : BYTES.matcher(Written.shipped(name)).results().toList()) {
      byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(found.group(1));
      if (bytes.length == 5 + (bytes[2] & 0xFF)) {
        answers.add(bytes);
      }
    }
    assertThat(answers).isNotEmpty();
    return answers;
  }

  private static List<String> names() throws IOException {
    var names = new ArrayList<String>();
    try (var files = Files.list(Written.SHIPPED)) {
      for (var file : files.sorted().toList()) {
        String yaml = file.getFileName().toString();
        if (yaml.endsWith(".yaml") && Files.readString(file).contains("driver: modbus")) {
          names.add(yaml.replace(".yaml", ""));
        }
      }
    }
    return names;
  }
}
