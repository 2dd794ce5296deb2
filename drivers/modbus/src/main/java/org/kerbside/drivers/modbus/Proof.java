package org.kerbside.drivers.modbus;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Node;
import org.kerbside.config.Profile;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Value;

/**
 * A profile's own test: RTU telegrams as the device sends them, and what they must come to. Tried
 * whenever a site with the profile is read, so that an installer's table is as sure as ours.
 *
 * @param sent what is asked, where it is not what the profile asks for
 */
record Proof(
    ModbusProfile profile,
    List<Text> sent,
    List<Text> received,
    Section expect,
    Mistakes mistakes) {

  private static final double CLOSE = 1e-6; // of the number: what a float of 32 bits leaves

  static List<Proof> of(Profile written, ModbusProfile profile, Mistakes mistakes) {
    var proofs = new ArrayList<Proof>();
    var node = written.own().node("test");
    if (node == null) {
      mistakes.add(
          written.own().mark(),
          "W210",
          "this profile has no test",
          "add test: { recv: \"01 04 …\", expect: { … } }: an answer that the device gave");
      return proofs;
    }
    var sections =
        node instanceof Node.Mapping(var one) ? List.of(one) : written.own().sections("test");
    for (var section : sections) {
      if (!section.has("recv")) {
        section.required("recv", "\"01 03 02 00 2A 39 9B\"");
      }
      var expect = section.requiredSection("expect", "{ power: 42 }");
      var proof =
          new Proof(
              profile,
              section.texts("send"),
              section.texts("recv"),
              expect == null ? section : expect,
              mistakes);
      section.refuseOthers("'test'");
      if (expect != null) {
        proofs.add(proof);
      }
    }
    return proofs;
  }

  /** Tells of everything that came out otherwise. */
  void run() {
    var reads = reads();
    if (reads.size() != received.size()) {
      mistakes.add(
          received.isEmpty() ? expect.mark() : received.getFirst().mark(),
          "E210",
          "the profile asks %d times, here are %d answers".formatted(reads.size(), received.size()),
          "write one answer for each, as a list; the first is asked by %s".formatted(asked(reads)));
      return;
    }
    var told = new ArrayList<Image.Told>();
    for (int i = 0; i < reads.size(); i++) {
      var answer = answer(reads.get(i), received.get(i));
      if (answer == null) {
        return;
      }
      told.add(new Image.Told(reads.get(i), answer));
    }
    var samples = profile.samples(new Image(told));
    for (var entry : expect.entries()) {
      compare(entry, samples);
    }
  }

  private List<Request.Read> reads() {
    var reads = new ArrayList<Request.Read>();
    for (var text : sent) {
      var read = read(text);
      if (read != null) {
        reads.add(read);
      }
    }
    return sent.isEmpty() ? profile.reads() : reads;
  }

  private Request.@Nullable Read read(Text text) {
    byte[] bytes = bytes(text);
    if (bytes == null) {
      return null;
    }
    var table = bytes.length == 8 ? Table.of(bytes[1]) : null;
    int crc = bytes.length == 8 ? Crc16.of(bytes, 0, 6) : 0;
    if (table == null
        || crc != ((bytes[6] & 0xFF) | (bytes[7] & 0xFF) << 8)
        || !Request.Read.exists(table, word(bytes, 2), word(bytes, 4))) {
      mistakes.add(
          text.mark(),
          "E210",
          "this asks for nothing: wrong length, function, count or checksum",
          "write unit, function 1 to 4, address, count and checksum, as 01 04 00 00 00 02 71 CB");
      return null;
    }
    return new Request.Read(table, word(bytes, 2), word(bytes, 4));
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }

  private @Nullable Answer answer(Request.Read read, Text text) {
    byte[] bytes = bytes(text);
    if (bytes == null) {
      return null;
    }
    var window = new RtuWindow(bytes.length == 0 ? 0 : bytes[0] & 0xFF, read);
    byte[] pdu = window.take(bytes);
    if (pdu == null) {
      mistakes.add(
          text.mark(),
          "E210",
          "this is no answer: %s".formatted(window.reason()),
          "asked is %s; write the whole answer, checksum and all".formatted(asked(List.of(read))));
      return null;
    }
    return Answer.of(read, pdu);
  }

  private static String asked(List<Request.Read> reads) {
    return reads.isEmpty()
        ? "nothing"
        : HexFormat.ofDelimiter(" ")
            .withUpperCase()
            .formatHex(RtuWindow.telegram(1, reads.getFirst().pdu()));
  }

  private byte @Nullable [] bytes(Text text) {
    try {
      return HexFormat.of().parseHex(text.text().replace(" ", ""));
    } catch (IllegalArgumentException none) {
      mistakes.add(
          text.mark(), "E104", "'%s' are no bytes".formatted(text), "write \"01 03 02 00 2A\"");
      return null;
    }
  }

  private void compare(Section.Entry entry, List<Sample> samples) {
    var name = entry.key();
    var sample =
        samples.stream().filter(one -> one.quantity().equals(name.text())).findFirst().orElse(null);
    if (sample == null || !(entry.value() instanceof Node.Word(var expected))) {
      mistakes.add(
          name.mark(),
          "E210",
          "'%s' is no point of the profile".formatted(name),
          "expect the values of its points");
      return;
    }
    String got = told(sample);
    if (!isSame(sample, expected.text(), got)) {
      mistakes.add(
          expected.mark(),
          "E210",
          "'%s' comes out as %s".formatted(name, got),
          "see type, order and scale, or what is expected");
    }
  }

  private static boolean isSame(Sample sample, String expected, String got) {
    if (sample.value() instanceof Value.Num(var number)) {
      try {
        double wanted = Double.parseDouble(expected);
        return Math.abs(number - wanted) <= CLOSE * Math.max(1e-3, Math.abs(wanted));
      } catch (NumberFormatException word) {
        return false;
      }
    }
    return got.equals(expected);
  }

  /** A number, a word, on or off; what is bad is told by its reason. */
  private static String told(Sample sample) {
    return switch (sample.value()) {
      case null -> sample.quality() instanceof Quality.Bad(var reason) ? reason.text() : "bad";
      case Value.Num(var number) -> String.valueOf(number);
      case Value.Flag(var flag) -> flag ? "on" : "off";
      case Value.State(var word) -> word;
    };
  }
}
