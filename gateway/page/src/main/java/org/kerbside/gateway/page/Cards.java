package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Seen;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.page.Part.Badge;
import org.kerbside.gateway.page.Part.Bar;
import org.kerbside.gateway.page.Part.Card;
import org.kerbside.gateway.page.Part.Figure;
import org.kerbside.gateway.page.Part.Size;

/** Makes one asset's card: what is unknown, stale or silent never looks like a good value. */
record Cards(Overview overview, Times times, Words words, Reader reader) {

  Card card(Standing standing) {
    var asset = standing.asset();
    return new Card(
        "a-" + asset.id(),
        size(asset.kind().name()),
        asset.name(),
        standing.alarm() == null ? Badge.NONE : condition(standing.alarm().severity()),
        notes(standing),
        figures().of(standing),
        bar(standing),
        ages(standing),
        look(standing),
        "/a/" + asset.id());
  }

  /** The same in its chief value alone; a mark says what is wrong. */
  Card brief(Standing standing) {
    var data = standing.data() == DataState.GOOD ? Badge.NONE : data(standing.data());
    var mark = new Badge(data.look(), data.icon(), "");
    return new Card(
        "a-" + standing.asset().id(),
        Size.SMALL,
        standing.asset().name(),
        Badge.NONE,
        data.isShown() ? List.of(mark) : List.of(),
        List.of(figures().bare(standing, standing.chief())),
        new Bar.None(),
        List.of(),
        look(standing),
        "/a/" + standing.asset().id());
  }

  /** The same with all that it has ever told, for its own screen. */
  Card whole(Standing standing) {
    var all = standing.whole(overview);
    var card = card(all);
    var figures = all.shown().stream().map(seen -> figure(all, seen)).toList();
    return new Card(
        card.id(),
        Size.ROW,
        card.name(),
        card.condition(),
        notes(standing),
        figures,
        card.bar(),
        agesOf(standing),
        look(standing) + (figures.size() > 1 ? " many" : ""),
        "");
  }

  /** One value of an asset, by its name. */
  Figure figure(Standing standing, Seen seen) {
    return figures().named(standing, seen);
  }

  private Figures figures() {
    return new Figures(overview, words);
  }

  /** Who it was, for those who may know: {@code crew:4711}. */
  String who(String by) {
    return reader == Reader.CREW || !by.startsWith("crew:") ? by : words.say("who.crew");
  }

  Badge condition(Severity severity) {
    return switch (severity) {
      case WARNING -> new Badge("c-warning", "triangle", words.say("condition.warning"));
      case ALARM -> new Badge("c-alarm", "octagon", words.say("condition.alarm"));
      case EMERGENCY -> new Badge("c-emergency", "octagon", words.say("condition.emergency"));
    };
  }

  /** What people have made of an alarm, whether it is latched, and how many others it explains. */
  List<Badge> care(Alarm alarm) {
    var notes = new ArrayList<Badge>();
    var acknowledged = alarm.care().acknowledged();
    if (acknowledged != null) {
      notes.add(new Badge("m-seen", "check", words.say("alarm.seen", who(acknowledged.by()))));
    }
    var shelved = alarm.care().shelved();
    if (shelved != null) {
      var word = joined(words.say("mode.shelved"), who(shelved.by()));
      notes.add(new Badge("m-shelved", "bell", joined(word, end(shelved.until()))));
    }
    if (alarm.state() == Alarm.State.LATCHED) {
      notes.add(new Badge("m-latched", "lock", words.say("alarm.latched")));
    }
    long effects =
        overview.alarms().stream().filter(one -> alarm.id().equals(one.care().cause())).count();
    if (effects > 0) {
      notes.add(new Badge("m-cause", "", words.say("alarm.effects", Numbers.count(effects))));
    }
    return notes;
  }

  private String end(@Nullable Moment until) {
    return until == null ? "" : words.say("mode.until", times.at(until));
  }

  /** The data axis in one word; {@link Badge#NONE} while all is good. */
  Badge data(DataState data) {
    return switch (data) {
      case GOOD -> Badge.NONE;
      case UNCERTAIN -> new Badge("d-uncertain", "question", words.say("data.uncertain"));
      case BAD -> new Badge("d-bad", "cross", words.say("data.bad"));
      case STALE -> new Badge("d-stale", "clock", words.say("data.stale"));
      case SILENT -> new Badge("d-silent", "unplugged", words.say("data.silent"));
      case NEVER -> new Badge("d-never", "dash", words.say("data.never"));
    };
  }

  /** Why it is not good, or when it was last heard; empty when there is no more to say. */
  String detail(Standing standing) {
    var worst = standing.worst(overview);
    return switch (standing.data()) {
      case GOOD, NEVER -> "";
      case UNCERTAIN, BAD -> why(worst);
      case STALE, SILENT -> lastHeard(worst);
    };
  }

  private List<Badge> notes(Standing standing) {
    var notes = new ArrayList<Badge>();
    if (standing.data() != DataState.GOOD) {
      notes.add(dataNote(standing));
    }
    var manual = standing.manual();
    if (manual != null) {
      notes.add(
          new Badge("m-manual", "hand", joined(words.say("mode.manual"), end(manual.until()))));
    }
    for (var point : standing.asset().points()) {
      var owner = overview.owners().get(point.index());
      if (owner != null && owner.trouble() != null) {
        var name = words.name("point", point.name());
        notes.add(
            new Badge(
                "o-trouble", "cross", joined(name, words.say("owner.trouble", who(owner.by())))));
      }
    }
    var work = standing.work();
    if (work != null) {
      var word = joined(words.say("mode.maintenance"), who(work.by()));
      notes.add(new Badge("m-maintenance", "wrench", joined(word, end(work.until()))));
    }
    return notes;
  }

  private Badge dataNote(Standing standing) {
    var data = data(standing.data());
    if (size(standing.asset().kind().name()) == Size.SMALL) {
      return data;
    }
    var which =
        standing.shown().size() == 1
            ? ""
            : words.name("point", standing.worst(overview).point().name()) + " · ";
    return new Badge(data.look(), data.icon(), which + joined(data.word(), detail(standing)));
  }

  private Bar bar(Standing standing) {
    if (!standing.asset().kind().name().equals("bin")) {
      return new Bar.None();
    }
    return standing.isKnown() && Figures.value(standing.chief()) instanceof Value.Num(var fill)
        ? new Bar.Level((int) Math.round(Math.clamp(fill, 0, 1) * 100))
        : new Bar.Unknown();
  }

  /** A lamp's tile has no room for ages, a stall's for one: how long it has been so. */
  private List<String> ages(Standing standing) {
    var changed = standing.chief().changed();
    var now = overview.now();
    return switch (size(standing.asset().kind().name())) {
      case SMALL -> List.of();
      case TILE ->
          changed == null || !standing.isKnown()
              ? List.of()
              : List.of(Ages.text(now.since(changed), words));
      case ROW -> agesOf(standing);
    };
  }

  private List<String> agesOf(Standing standing) {
    var heard = standing.chief().heard();
    var changed = standing.chief().changed();
    var now = overview.now();
    var ages = new ArrayList<String>();
    if (heard != null) {
      ages.add(Ages.data(now.since(heard), words));
    }
    if (changed != null) {
      ages.add(Ages.change(now.since(changed), words));
    }
    return ages;
  }

  private String look(Standing standing) {
    var looks = new ArrayList<String>();
    if (standing.alarm() != null) {
      looks.add("c-" + standing.alarm().severity().word());
    }
    if (standing.data() != DataState.GOOD) {
      looks.add("d-" + standing.data().word());
    }
    if (standing.manual() != null) {
      looks.add("m-manual");
    }
    if (standing.work() != null) {
      looks.add("m-maintenance");
    }
    if (standing.isKnown() && Figures.value(standing.chief()) instanceof Value.Flag(var flag)) {
      switch (standing.asset().kind().name()) {
        case "stall" -> looks.add(flag ? "busy" : "free");
        case "lamp" -> looks.add(flag ? "lit" : "dark");
        default -> {}
      }
    }
    if (standing.shown().size() > 1) {
      looks.add("many");
    }
    return String.join(" ", looks);
  }

  private String why(Seen seen) {
    var last = seen.last();
    if (last == null) {
      return "";
    }
    return switch (last.quality()) {
      case Quality.Good() -> "";
      case Quality.Uncertain(var reason) -> words.name("reason", reason.text());
      case Quality.Bad(var reason) -> words.name("reason", reason.text());
    };
  }

  private String lastHeard(Seen seen) {
    return seen.heard() == null ? "" : words.say("data.last", times.at(seen.heard()));
  }

  private static String joined(String word, String detail) {
    return detail.isEmpty() ? word : word + " · " + detail;
  }

  private static Size size(String kind) {
    return switch (kind) {
      case "lamp" -> Size.SMALL;
      case "stall" -> Size.TILE;
      default -> Size.ROW;
    };
  }
}
