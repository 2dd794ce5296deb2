package org.kerbside.drivers.lorawan;

import java.util.ArrayList;
import java.util.List;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Value;

/** What a telegram says, as a trace writes it. */
final class Shown {

  private Shown() {}

  /** {@code = distance 2116 mm}, {@code ! an unknown pair …}. */
  static List<String> lines(LorawanProfile profile, int port, byte[] telegram) {
    var lines = new ArrayList<String>();
    try {
      var said = profile.decode(port, telegram, null);
      said.heard().forEach(heard -> lines.add("= " + line(heard)));
      said.problems().forEach(problem -> lines.add("! " + problem));
    } catch (BadTelegram told) {
      lines.add("! " + told.getMessage());
    }
    return lines;
  }

  static String line(Said.Heard heard) {
    var sample = heard.sample();
    var line = new StringBuilder(new Channel(heard.channel(), sample.quantity()).toString());
    if (sample.value() != null) {
      line.append(' ').append(value(sample.value()));
    }
    if (sample.unit() != null) {
      line.append(' ').append(sample.unit());
    }
    switch (sample.quality()) {
      case Quality.Good good -> {}
      case Quality.Uncertain(var reason) -> line.append(", ").append(reason);
      case Quality.Bad(var reason) -> line.append(" bad: ").append(reason);
    }
    if (sample.at() != null) {
      line.append(" at ").append(sample.at());
    }
    return line.toString();
  }

  static String value(Value value) {
    return switch (value) {
      case Value.Num(var number) -> number == Math.rint(number) ? "" + (long) number : "" + number;
      case Value.Flag(var flag) -> "" + flag;
      case Value.State(var word) -> word;
    };
  }
}
