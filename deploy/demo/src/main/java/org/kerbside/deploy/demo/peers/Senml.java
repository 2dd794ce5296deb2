package org.kerbside.deploy.demo.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Value;

/** How a sensor writes a pack of SenML, RFC 8428. What it could not measure it leaves out. */
enum Senml {
  /** Content format 110. */
  JSON(110) {
    @Override
    byte[] pack(List<Sample> samples, @Nullable Instant time) {
      var records = new ArrayList<String>();
      for (var sample : measured(samples)) {
        var begin = records.isEmpty() && time != null ? "\"bt\":%d,".formatted(seconds(time)) : "";
        records.add("{" + begin + fields(sample) + "}");
      }
      return records.stream().collect(Collectors.joining(",", "[", "]")).getBytes(UTF_8);
    }

    private static String fields(Sample sample) {
      var name = "\"n\":\"%s\"".formatted(sample.quantity());
      return switch (sample.value()) {
        case Value.Num(var number) ->
            "%s%s,\"v\":%s"
                .formatted(
                    name,
                    sample.unit() == null ? "" : ",\"u\":\"%s\"".formatted(sample.unit()),
                    number);
        case Value.Flag(var flag) -> "%s,\"vb\":%s".formatted(name, flag);
        case Value.State(var word) -> "%s,\"vs\":\"%s\"".formatted(name, word);
        case null -> name;
      };
    }
  },
  /** Content format 112, with the labels of RFC 8428, table 4. */
  CBOR(112) {
    @Override
    byte[] pack(List<Sample> samples, @Nullable Instant time) {
      var pack = new ByteArrayOutputStream();
      var measured = measured(samples);
      head(pack, ARRAY, measured.size());
      for (int i = 0; i < measured.size(); i++) {
        put(pack, measured.get(i), i == 0 ? time : null);
      }
      return pack.toByteArray();
    }

    private static void put(ByteArrayOutputStream pack, Sample sample, @Nullable Instant baseTime) {
      var unit = sample.unit();
      head(pack, MAP, 2 + (unit == null ? 0 : 1) + (baseTime == null ? 0 : 1));
      if (baseTime != null) {
        head(pack, NEGATIVE, BASE_TIME);
        head(pack, POSITIVE, seconds(baseTime));
      }
      head(pack, POSITIVE, NAME);
      text(pack, sample.quantity());
      if (unit != null) {
        head(pack, POSITIVE, UNIT);
        text(pack, unit.symbol());
      }
      switch (sample.value()) {
        case Value.Num(var number) -> {
          head(pack, POSITIVE, NUMBER);
          pack.write(DOUBLE);
          pack.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
        }
        case Value.Flag(var flag) -> {
          head(pack, POSITIVE, FLAG);
          pack.write(flag ? TRUE : FALSE);
        }
        case Value.State(var word) -> {
          head(pack, POSITIVE, WORD);
          text(pack, word);
        }
        case null -> {}
      }
    }
  };

  private static final int POSITIVE = 0 << 5; // CBOR's major types, RFC 8949
  private static final int NEGATIVE = 1 << 5;
  private static final int TEXT = 3 << 5;
  private static final int ARRAY = 4 << 5;
  private static final int MAP = 5 << 5;
  private static final int DOUBLE = 0xFB;
  private static final int FALSE = 0xF4;
  private static final int TRUE = 0xF5;

  private static final int BASE_TIME = 2; // label -3: CBOR writes -1 - n
  private static final int NAME = 0;
  private static final int UNIT = 1;
  private static final int NUMBER = 2;
  private static final int WORD = 3;
  private static final int FLAG = 4;

  private final int contentFormat;

  Senml(int contentFormat) {
    this.contentFormat = contentFormat;
  }

  int contentFormat() {
    return contentFormat;
  }

  /**
   * Writes a pack.
   *
   * @param time what the sensor's clock shows; absent where it has none
   */
  abstract byte[] pack(List<Sample> samples, @Nullable Instant time);

  private static List<Sample> measured(List<Sample> samples) {
    return samples.stream().filter(sample -> sample.value() != null).toList();
  }

  private static long seconds(Instant time) {
    return time.getEpochSecond();
  }

  private static void text(ByteArrayOutputStream pack, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    head(pack, TEXT, bytes.length);
    pack.writeBytes(bytes);
  }

  /** A major type with its argument, in the fewest bytes of those that are needed here. */
  private static void head(ByteArrayOutputStream pack, int major, long argument) {
    if (argument < 24) {
      pack.write(major | (int) argument);
    } else if (argument < 0x100) {
      pack.write(major | 24);
      pack.write((int) argument);
    } else {
      pack.write(major | 27);
      pack.writeBytes(ByteBuffer.allocate(8).putLong(argument).array());
    }
  }
}
