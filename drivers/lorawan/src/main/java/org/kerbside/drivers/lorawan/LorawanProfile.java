package org.kerbside.drivers.lorawan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.lorawan.FieldReader.Shape;
import org.kerbside.gateway.model.Value;

/**
 * How a device model speaks: where each quantity stands in its telegrams, and what its outputs are
 * told by. The same whatever was decoded before.
 *
 * @param port the fPort of its readings and of its orders
 * @param outputs by quantity and channel
 */
record LorawanProfile(
    String name,
    int port,
    Listening listening,
    Format format,
    List<Field> fields,
    Map<Channel, Switch> outputs) {

  private static final int MOST_PORT = 223; // LoRaWAN 1.0.4 §4.3.2; 224 is the test protocol's
  private static final int LONGEST = 242; // bytes of a telegram at the fastest data rate

  /** When a device hears. */
  enum Listening {
    /** Class A: for a moment after each of its uplinks. */
    AFTER_UPLINK,
    /** Class C. */
    ALWAYS
  }

  LorawanProfile {
    fields = List.copyOf(fields);
    outputs = Map.copyOf(outputs);
  }

  /**
   * What a telegram says. Total: a value or a refusal for any bytes.
   *
   * @param heardOn the fPort that it came by
   * @param received what its samples are of, unless they tell a time of their own
   */
  Said decode(int heardOn, byte[] telegram, @Nullable Instant received) throws BadTelegram {
    if (heardOn != port) {
      throw new BadTelegram("fPort %d: profile %s reads fPort %d".formatted(heardOn, name, port));
    }
    var problems = new ArrayList<String>();
    var parts = format.parts(telegram, problems);
    var heard = new ArrayList<Said.Heard>();
    for (var part : parts) {
      for (var field : fields) {
        var sample = field.read(telegram, part, parts, format.order());
        if (sample != null) {
          heard.add(new Said.Heard(field.channel(), dated(sample, received)));
        }
      }
    }
    return new Said(heard, problems);
  }

  private static Sample dated(Sample sample, @Nullable Instant received) {
    return sample.at() == null ? sample.at(received) : sample;
  }

  /** The bytes that make an output so; null when it has none for the value. */
  @Nullable Telegram telegram(Channel output, Value value) {
    var way = outputs.get(output);
    return way == null ? null : way.telegram(value);
  }

  boolean measures(String quantity) {
    return fields.stream().anyMatch(field -> field.quantity().equals(quantity));
  }

  /** What an asset on that channel may hear of, but for how the device is. */
  SequencedSet<String> quantities(int channel) {
    var quantities = new LinkedHashSet<String>();
    for (var field : fields) {
      if (Binding.isOf(channel, field.channel()) && !Binding.isDiagnostic(field.quantity())) {
        quantities.add(field.quantity());
      }
    }
    return quantities;
  }

  /** Null when a mistake was told. */
  static @Nullable LorawanProfile read(Profile profile, Mistakes mistakes) {
    var own = profile.own();
    own.text("profile"); // these two were read by whoever found the file
    own.text("driver");
    own.section("test"); // run by the build
    long before = mistakes.errors();
    if (!own.has("format")) {
      mistakes.add(own.mark(), "E001", "'format' is missing", "add format: milesight or fixed");
    }
    var format = own.choice("format", List.of("milesight", "fixed"));
    if (format == null) {
      return null; // what stands in its points depends on it
    }
    var shape = format.equals("milesight") ? Shape.PAIRS : Shape.FIXED;
    int port = Numbers.small(own, "port", MOST_PORT, shape == Shape.PAIRS ? 85 : 2);
    var listening = listening(own.choice("class", List.of("A", "C")));
    var fields = fields(own.requiredSection("points", "{ distance: { … } }"), shape, mistakes);
    var built = shape == Shape.PAIRS ? milesight(own, fields, mistakes) : fixed(own, fields);
    var outputs = outputs(own.section("outputs"), mistakes);
    own.refuseOthers("a lorawan profile");
    return mistakes.errors() > before
        ? null
        : new LorawanProfile(profile.name().text(), port, listening, built, fields, outputs);
  }

  private static Listening listening(@Nullable String written) {
    return "C".equals(written) ? Listening.ALWAYS : Listening.AFTER_UPLINK;
  }

  private static List<Field> fields(@Nullable Section points, Shape shape, Mistakes mistakes) {
    var fields = new ArrayList<Field>();
    if (points != null) {
      var reader = new FieldReader(shape, mistakes);
      points.entries().forEach(entry -> fields.addAll(reader.read(entry)));
    }
    return fields;
  }

  /** A value is as long as what is read of it, unless {@code lengths} says more. */
  private static Format milesight(Section own, List<Field> fields, Mistakes mistakes) {
    var lengths = new HashMap<Integer, Integer>();
    for (var field : fields) {
      field.pairs().forEach(pair -> lengths.merge(pair, field.slot().end(), Math::max));
      if (field.judge() != null) {
        lengths.merge(field.judge().pair(), field.judge().slot().end(), Math::max);
      }
    }
    var written = own.section("lengths");
    if (written != null) {
      for (var entry : written.entries()) {
        Integer pair = FieldReader.pair(entry.key(), mistakes);
        int length = Numbers.small(written, entry.key().text(), LONGEST, 1);
        if (pair != null) {
          lengths.merge(pair, length, Math::max);
        }
      }
    }
    return new Format.Milesight(lengths);
  }

  private static Format fixed(Section own, List<Field> fields) {
    int least = fields.stream().mapToInt(field -> field.slot().end()).max().orElse(1);
    own.required("length", "" + least);
    int length = Numbers.small(own, "length", LONGEST, least);
    if (length < least) {
      own.mistakes()
          .add(
              own.markOf("length"),
              "E103",
              "a telegram of %d bytes does not hold its points".formatted(length),
              "write length: %d or more".formatted(least));
    }
    return new Format.Fixed(length);
  }

  private static Map<Channel, Switch> outputs(@Nullable Section outputs, Mistakes mistakes) {
    var read = new LinkedHashMap<Channel, Switch>();
    if (outputs != null) {
      for (var entry : outputs.entries()) {
        var channel = Channel.read(entry.key(), mistakes);
        var output = Switch.read(outputs.section(entry.key().text()), mistakes);
        if (channel != null && output != null) {
          read.put(channel, output);
        }
      }
    }
    return read;
  }
}
