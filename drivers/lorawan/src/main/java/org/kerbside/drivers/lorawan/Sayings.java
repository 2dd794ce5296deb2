package org.kerbside.drivers.lorawan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;

/**
 * Which raw numbers are no values, or doubtful ones: {@code says: { 0xFFFF: device error, 0..19:
 * sentinel }}. They are looked at before anything is scaled.
 */
record Sayings(List<Saying> all) {

  static final Sayings NONE = new Sayings(List.of());

  /** Reasons that leave no value. */
  private static final Set<Reason> BAD =
      Set.of(
          Reason.SENTINEL,
          Reason.OUT_OF_RANGE,
          Reason.NO_ECHO,
          Reason.DEVICE_ERROR,
          Reason.NOT_CALIBRATED,
          Reason.WARMING_UP);

  /** Reasons that leave a value in doubt. */
  private static final Set<Reason> UNCERTAIN =
      Set.of(Reason.BLIND_ZONE, Reason.SPREAD, Reason.ONE_INPUT, Reason.WEAK_SIGNAL);

  Sayings {
    all = List.copyOf(all);
  }

  /** From {@code low} to {@code high}, both within. */
  record Saying(long low, long high, Quality quality) {}

  /** Good where nothing is said of it. */
  Quality of(long raw) {
    for (var saying : all) {
      if (raw >= saying.low() && raw <= saying.high()) {
        return saying.quality();
      }
    }
    return Quality.GOOD;
  }

  static Sayings read(@Nullable Section section, Mistakes mistakes) {
    if (section == null) {
      return NONE;
    }
    var sayings = new ArrayList<Saying>();
    for (var entry : section.entries()) {
      var quality =
          entry.value() instanceof Node.Word(var word)
              ? quality(word, mistakes)
              : refused(entry.value().mark(), "a reason", mistakes);
      var span = Numbers.span(entry.key(), mistakes);
      if (quality != null && span != null) {
        sayings.add(new Saying(span.low(), span.high(), quality));
      }
    }
    return new Sayings(sayings);
  }

  static @Nullable Quality quality(Text word, Mistakes mistakes) {
    var reason = new Reason(word.text());
    if (BAD.contains(reason)) {
      return new Quality.Bad(reason);
    }
    if (UNCERTAIN.contains(reason)) {
      return new Quality.Uncertain(reason);
    }
    mistakes.add(
        word.mark(),
        "E104",
        "'%s' is no reason that a device can have".formatted(word),
        Nearest.help(word.text(), words()));
    return null;
  }

  private static @Nullable Quality refused(Mark mark, String wanted, Mistakes mistakes) {
    mistakes.add(
        mark, "E004", "this is not %s".formatted(wanted), "write for example 0xFFFF: device error");
    return null;
  }

  private static Set<String> words() {
    var words = new TreeSet<String>();
    BAD.forEach(reason -> words.add(reason.text()));
    UNCERTAIN.forEach(reason -> words.add(reason.text()));
    return words;
  }
}
