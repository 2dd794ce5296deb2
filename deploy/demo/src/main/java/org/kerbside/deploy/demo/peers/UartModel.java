package org.kerbside.deploy.demo.peers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Profile;

/** How a device on a serial port of its own writes what it measures, from its maker's papers. */
sealed interface UartModel {

  /**
   * What it says at a turn; nothing, for one that wants to be asked and was not.
   *
   * @param asked what came since the last turn
   */
  byte[] says(byte[] asked, Said said);

  /** For people. */
  String name();

  /** Null for a chip that nobody plays. */
  static @Nullable UartModel of(@Nullable Profile profile) {
    var chip = profile == null ? null : profile.own().text("chip");
    return profile == null || chip == null
        ? null
        : switch (chip.text()) {
          case "a02yyuw", "sen0754" -> new A02yyuw(chip.text());
          case "ld2410" -> new Ld2410();
          case "ze03", "ze08" -> Ze03.of(chip.text(), profile);
          default -> null;
        };
  }

  /** DFRobot: {@code ff}, millimetres, the sum of the three; unasked. */
  record A02yyuw(String name) implements UartModel {

    private static final int NO_OBJECT = 0xFFFD;

    @Override
    public byte[] says(byte[] asked, Said said) {
      double metres = said.number("distance");
      int distance = Double.isNaN(metres) ? NO_OBJECT : (int) Math.round(metres * 1000);
      int high = distance >> 8;
      int low = distance & 0xFF;
      return new byte[] {(byte) 0xFF, (byte) high, (byte) low, (byte) (0xFF + high + low)};
    }
  }

  /** Hi-Link: who moves and who keeps still, each with a distance and an energy; unasked. */
  record Ld2410() implements UartModel {

    private static final Map<String, Integer> STATES =
        Map.of("moving", 1, "still", 2, "both", 3); // 0 is nobody
    private static final int HEAD = 0xF1F2F3F4; // all of it with the low byte first
    private static final int TAIL = 0xF5F6F7F8;
    private static final short LENGTH = 13;
    private static final short DISTANCE = 120; // cm
    private static final byte ENERGY = 60; // of 100

    @Override
    public String name() {
      return "ld2410";
    }

    @Override
    public byte[] says(byte[] asked, Said said) {
      int state =
          STATES.entrySet().stream()
              .filter(known -> said.is("presence", known.getKey()))
              .mapToInt(Map.Entry::getValue)
              .findFirst()
              .orElse(0);
      var telegram = ByteBuffer.allocate(23).order(ByteOrder.LITTLE_ENDIAN);
      telegram.putInt(HEAD).putShort(LENGTH).put((byte) 0x02).put((byte) 0xAA).put((byte) state);
      seen(telegram, state & 1);
      seen(telegram, state & 2);
      telegram.putShort(state == 0 ? 0 : DISTANCE);
      return telegram.put((byte) 0x55).put((byte) 0x00).putInt(TAIL).array();
    }

    private static void seen(ByteBuffer telegram, int bit) {
      telegram.putShort(bit == 0 ? 0 : DISTANCE).put(bit == 0 ? 0 : ENERGY);
    }
  }

  /**
   * Winsen: a count of one gas, asked by {@code ff 01 86}.
   *
   * @param ppb ug/m3 that 1 ppb is, at 25 degrees Celsius
   * @param step ppm that one count is
   */
  record Ze03(String name, String gas, double ppb, double step) implements UartModel {

    private static final Map<String, Double> PPB = Map.of("nh3", 0.697, "h2s", 1.394);
    private static final byte[] READ = {(byte) 0xFF, 0x01, (byte) 0x86};

    static @Nullable UartModel of(String name, Profile profile) {
      var gas = profile.own().text("gas");
      var step = profile.own().number("step");
      var ppb = gas == null ? null : PPB.get(gas.text());
      return gas == null || ppb == null || step == null
          ? null
          : new Ze03(name, gas.text(), ppb, step);
    }

    @Override
    public byte[] says(byte[] asked, Said said) {
      double weight = said.number(gas);
      if (Double.isNaN(weight) || !isAsked(asked)) {
        return new byte[0];
      }
      int count = (int) Math.round(weight / ppb / 1000 / step);
      int sum = -(0x86 + (count >> 8) + count);
      return new byte[] {
        (byte) 0xFF, (byte) 0x86, (byte) (count >> 8), (byte) count, 0, 0, 0, 0, (byte) sum
      };
    }

    private static boolean isAsked(byte[] asked) {
      for (int at = 0; at + READ.length <= asked.length; at++) {
        if (asked[at] == READ[0] && asked[at + 1] == READ[1] && asked[at + 2] == READ[2]) {
          return true;
        }
      }
      return false;
    }
  }
}
