package org.kerbside.gateway.page;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Seen;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.page.Part.Figure;
import org.kerbside.gateway.page.Part.Trust;

/** An asset's values as people read them: what is not known is a dash. */
record Figures(Overview overview, Words words) {

  /** What its card shows. */
  List<Figure> of(Standing standing) {
    boolean only = standing.shown().size() == 1 && speaksForItself(standing.asset().kind().name());
    return standing.shown().stream()
        .map(seen -> only ? bare(standing, seen) : named(standing, seen))
        .toList();
  }

  /** One value, with its name before it. */
  Figure named(Standing standing, Seen seen) {
    return figure(standing, seen, words.name("point", seen.point().name()));
  }

  /** One value alone. */
  Figure bare(Standing standing, Seen seen) {
    return figure(standing, seen, "");
  }

  /** Its only figure needs no label. */
  private static boolean speaksForItself(String kind) {
    return switch (kind) {
      case "bin", "lamp", "stall" -> true;
      default -> false;
    };
  }

  private Figure figure(Standing standing, Seen seen, String label) {
    var value = value(seen);
    if (value == null) {
      return new Figure(label, "–", Trust.UNKNOWN);
    }
    var trust =
        switch (seen.state(overview.now())) {
          case GOOD -> Trust.PLAIN;
          case UNCERTAIN -> Trust.DOUBTED;
          case STALE -> Trust.STRUCK;
          case BAD, SILENT, NEVER -> Trust.UNKNOWN;
        };
    return new Figure(label, trust == Trust.UNKNOWN ? "–" : text(standing, seen, value), trust);
  }

  private String text(Standing standing, Seen seen, Value value) {
    return switch (value) {
      case Value.Num(var number) ->
          seen.point().name().equals("valve")
              ? valve(number)
              : Numbers.text(number, seen.point().spec());
      case Value.Flag(var flag) -> flag(standing, seen.point().name(), flag ? Sense.YES : Sense.NO);
      case Value.State(var word) -> words.name("state", word);
    };
  }

  private String valve(double opening) {
    if (opening <= 0) {
      return words.say("valve.closed");
    }
    return opening >= 1 ? words.say("valve.open") : Numbers.share(opening);
  }

  private String flag(Standing standing, String point, Sense sense) {
    return switch (point) {
      case "occupied" ->
          switch (sense) {
            case NO -> words.say("stall.free");
            case YES ->
                words.say(isOverstay(standing.alarm()) ? "stall.overtime" : "stall.occupied");
          };
      case "lit", "on" -> words.say(sense == Sense.YES ? "lamp.on" : "lamp.off");
      case "contactor" -> words.say(sense == Sense.YES ? "contactor.closed" : "contactor.open");
      case "heat", "fan", "sign", "pump", "spray" ->
          words.say(sense == Sense.YES ? "switch.on" : "switch.off");
      default -> words.say(sense == Sense.YES ? "flag.yes" : "flag.no");
    };
  }

  private enum Sense {
    YES,
    NO
  }

  private static boolean isOverstay(@Nullable Alarm alarm) {
    return alarm != null && alarm.rule().equals("stall-overstay");
  }

  /** As it was told last; null where it never was. */
  static @Nullable Value value(Seen seen) {
    return seen.last() == null ? null : seen.last().value();
  }
}
