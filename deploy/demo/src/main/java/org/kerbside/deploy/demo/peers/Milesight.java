package org.kerbside.deploy.demo.peers;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;

/**
 * How Milesight's devices write and read: channel, type, value with the low byte first, again and
 * again. From their user guides.
 */
enum Milesight {
  EM400_MUD("em400-mud") {
    @Override
    void write(Pairs pairs, SequencedMap<Integer, Channel> channels) {
      var said = first(channels).said();
      pairs.of8(0x01, 0x75, said.number("battery"));
      pairs.of16(0x03, 0x67, 10 * said.number("temperature"));
      pairs.of16(0x04, 0x82, 1000 * said.number("distance"));
      pairs.of8(0x05, 0x00, said.number("tilt") > UPRIGHT ? 1 : 0);
    }
  },
  VS330("vs330") {
    @Override
    void write(Pairs pairs, SequencedMap<Integer, Channel> channels) {
      var said = first(channels).said();
      boolean isOccupied = !said.is("presence", "none");
      pairs.of8(0x01, 0x75, CHARGED);
      pairs.of16(0x02, 0x82, isOccupied ? SITTING : FLOOR);
      pairs.of8(0x03, 0x8E, isOccupied ? 1 : 0);
      pairs.of8(0x04, 0x8E, 1); // calibrated
    }
  },
  GS301("gs301") {
    @Override
    void write(Pairs pairs, SequencedMap<Integer, Channel> channels) {
      var said = first(channels).said();
      pairs.of8(0x01, 0x75, CHARGED);
      pairs.of16(0x02, 0x67, 10 * said.number("temperature"));
      pairs.of8(0x03, 0x68, 2 * said.number("humidity"));
      pairs.of16(0x04, 0x7D, 100 * said.number("nh3") / 1000 / NH3);
      pairs.of16(0x06, 0x7D, 1000 * said.number("h2s") / 1000 / H2S);
    }
  },
  /** One meter for eight circuits; its own asset is the feeder, where there is one. */
  WS558("ws558") {
    @Override
    void write(Pairs pairs, SequencedMap<Integer, Channel> channels) {
      int on = 0;
      for (var channel : channels.entrySet()) {
        if (channel.getValue().said().number("on") > 0) {
          on |= 1 << channel.getKey() >> 1;
        }
      }
      var whole = channels.get(WHOLE);
      var meter = whole == null ? first(channels).said() : whole.said();
      pairs.of16(0x08, 0x31, on << 8); // none has just changed
      pairs.of8(0x05, 0x81, 100 * meter.factor());
      pairs.of16(0x07, 0xC9, 1000 * sum(channels, whole, Said::amperes));
      pairs.of16(0x03, 0x74, 10 * meter.volts());
      pairs.of32(0x06, 0x83, 1000 * sum(channels, whole, said -> said.number("energy")));
      pairs.of32(0x04, 0x80, sum(channels, whole, said -> said.number("power")));
    }

    // 08 mask state, for as many circuits as the mask has
    @Override
    void read(byte[] downlink, Valve valve) {
      for (int i = 0; i + 3 <= downlink.length && downlink[i] == 0x08; i += 3) {
        for (int circuit = 1; circuit <= 8; circuit++) {
          int bit = 1 << circuit - 1;
          if ((downlink[i + 1] & bit) != 0) {
            valve.move(circuit, "on", (downlink[i + 2] & bit) != 0 ? 1 : 0);
          }
        }
      }
    }
  },
  /** Two latching valves, each with a pulse meter. */
  UC511("uc511") {
    @Override
    void write(Pairs pairs, SequencedMap<Integer, Channel> channels) {
      pairs.of8(0x01, 0x75, CHARGED);
      for (var channel : channels.entrySet()) {
        boolean isFirst = channel.getKey() <= 1;
        var said = channel.getValue().said();
        double perCubicMetre = channel.getValue().asset().setting("meter.pulses", 1000);
        pairs.of8(isFirst ? 0x03 : 0x05, 0x01, said.number("valve") > 0.5 ? 1 : 0);
        pairs.of32(isFirst ? 0x04 : 0x06, 0xC8, perCubicMetre * said.number("volume"));
      }
    }

    // FF 1D, a byte with the state in bit 5 and the valve in bits 0 and 1, a sequence
    @Override
    void read(byte[] downlink, Valve valve) {
      for (int i = 0; i + 4 <= downlink.length; i += 4) {
        if (downlink[i] == (byte) 0xFF && downlink[i + 1] == 0x1D) {
          int order = downlink[i + 2];
          valve.move(1 + (order & 0x03), "valve", (order & 0x20) != 0 ? 1 : 0);
        }
      }
    }
  };

  /** Where the device as a whole stands among its channels. */
  static final int WHOLE = 0;

  static final int PORT = 85;

  private static final double UPRIGHT = 45; // degrees at most
  private static final int CHARGED = 92; // %
  private static final int SITTING = 620; // mm
  private static final int FLOOR = 1950;
  private static final double NH3 = 0.697; // mg/m3 of a ppm at 25 degrees Celsius
  private static final double H2S = 1.394;

  private final String model;

  Milesight(String model) {
    this.model = model;
  }

  /** What stands at one channel of a device. */
  record Channel(Asset asset, Said said) {}

  /** What a downlink moves. */
  interface Valve {
    void move(int channel, String quantity, double number);
  }

  /** A quantity of what was said. */
  interface Measure {
    double of(Said said);
  }

  /** Null for a model that nobody plays. */
  static @Nullable Milesight of(String model) {
    for (var known : values()) {
      if (known.model.equals(model)) {
        return known;
      }
    }
    return null;
  }

  byte[] uplink(SequencedMap<Integer, Channel> channels) {
    var pairs = new Pairs();
    write(pairs, channels);
    return pairs.bytes();
  }

  abstract void write(Pairs pairs, SequencedMap<Integer, Channel> channels);

  /** Nothing, for a model that moves nothing. */
  void read(byte[] downlink, Valve valve) {}

  static Channel first(SequencedMap<Integer, Channel> channels) {
    return channels.firstEntry().getValue();
  }

  static double sum(
      SequencedMap<Integer, Channel> channels, @Nullable Channel whole, Measure measure) {
    return whole == null ? sum(channels.values(), measure) : measure.of(whole.said());
  }

  private static double sum(Collection<Channel> channels, Measure measure) {
    return channels.stream().mapToDouble(channel -> measure.of(channel.said())).sum();
  }

  /** A telegram that is being written. What was not measured is left out. */
  static final class Pairs {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void of8(int channel, int type, double number) {
      put(channel, type, number, 1);
    }

    void of16(int channel, int type, double number) {
      put(channel, type, number, 2);
    }

    void of32(int channel, int type, double number) {
      put(channel, type, number, 4);
    }

    private void put(int channel, int type, double number, int length) {
      if (Double.isNaN(number)) {
        return;
      }
      bytes.write(channel);
      bytes.write(type);
      long bits = Math.round(number);
      for (int i = 0; i < length; i++) {
        bytes.write((int) (bits >> 8 * i));
      }
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
