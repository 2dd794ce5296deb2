package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Chronicle;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Machine.Fitting;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Why;
import org.kerbside.gateway.page.Part.Badge;
import org.kerbside.gateway.page.Part.Fact;
import org.kerbside.gateway.page.Part.Facts;
import org.kerbside.gateway.page.Part.Link;
import org.kerbside.gateway.page.Part.Links;
import org.kerbside.gateway.page.Part.Picture;
import org.kerbside.gateway.page.Part.Rows;

/** Decides what an asset's own screen says: all its values, its past, why, and what can be done. */
final class AssetScene {

  private static final int MOST_EVENTS = 10;

  private final Stage stage;
  private final Words words;
  private final Asset asset;
  private final Standing standing;

  private AssetScene(Stage stage, Standing standing) {
    this.stage = stage;
    this.standing = standing;
    words = stage.words();
    asset = standing.asset();
  }

  static Screen draw(
      Stage stage,
      Standing standing,
      @Nullable Picture picture,
      List<Fitting> fittings,
      Chronicle.Pages chronicle) {
    var scene = new AssetScene(stage, standing);
    var lead = new ArrayList<Part>();
    lead.add(scene.card());
    var alarms = scene.alarms();
    if (!alarms.tasks().isEmpty()) {
      lead.add(alarms);
    }
    lead.add(scene.actions(fittings));
    if (picture != null) {
      lead.add(picture);
    }
    lead.add(scene.facts(fittings));
    lead.add(scene.log(chronicle));
    return stage.screen("asset", scene.asset.name(), lead, List.of(), Route.Tab.SITE);
  }

  /** The whole of what it says, and not only the chief of it. */
  private Part card() {
    return stage.cards().whole(standing);
  }

  private Rows alarms() {
    return new Rows(
        "alarms",
        words.say("nav.alarms"),
        stage.overview().alarms().stream()
            .filter(alarm -> alarm.asset().equals(asset.id()))
            .map(stage.tasks()::alarmed)
            .toList(),
        "");
  }

  private Links actions(List<Fitting> fittings) {
    var links = new ArrayList<Link>();
    for (var deed : Deed.of(asset.kind())) {
      links.add(to(deed, asset.id(), links.isEmpty() ? "main" : ""));
    }
    for (var alarm : stage.overview().alarms()) {
      if (alarm.asset().equals(asset.id())
          && alarm.care().shelved() == null
          && Deed.isShelvable(alarm)) {
        links.add(to(Deed.SHELVE, alarm.id(), ""));
      }
    }
    for (var alarm : stage.overview().alarms()) {
      var remedy = alarm.asset().equals(asset.id()) ? Manual.remedy(alarm.rule()) : "";
      if (!remedy.isEmpty()) {
        links.add(new Link(words.say("alarm.remedy", stage.tasks().said(alarm)), remedy, ""));
      }
    }
    for (var point : asset.points()) {
      if (point.spec().isWritable()) {
        var owner = stage.overview().owners().get(point.index());
        if (owner != null && owner.issuer() == Issuer.CREW) {
          links.add(to(Deed.STOP, point.toString(), "main"));
        }
        var label = words.say("deed.test") + " " + words.name("point", point.name());
        links.add(new Link(label, Tasks.to(Deed.TEST.word(), point.toString()), ""));
      }
    }
    if (asset.kind().isListed()) {
      links.add(to(Deed.NOTE, asset.id(), ""));
      links.add(
          to(standing.work() == null ? Deed.MAINTENANCE : Deed.MAINTENANCE_END, asset.id(), ""));
      links.add(new Link(words.say("asset.again"), "/commission/" + asset.id(), ""));
      if (!fittings.isEmpty()) {
        links.add(new Link(words.say("swap.title"), SwapPages.path(asset.id()), ""));
      }
    }
    return new Links("actions", "", "actions", links);
  }

  private Link to(Deed deed, String subject, String look) {
    return new Link(words.say("deed." + deed.word()), Tasks.to(deed.word(), subject), look);
  }

  private Facts facts(List<Fitting> fittings) {
    var facts = new ArrayList<Fact>();
    for (var alarm : stage.overview().alarms()) {
      if (alarm.asset().equals(asset.id()) && alarm.isActive()) {
        facts.add(new Fact(words.say("alarm.why"), why(alarm), Badge.NONE));
      }
    }
    for (var fitting : fittings) {
      facts.add(new Fact(words.say("asset.device"), fitting(fitting), Badge.NONE));
    }
    for (var label : List.of("code", "place", "responsible", "grid")) {
      var text = asset.labels().get(label);
      if (text != null) {
        facts.add(new Fact(words.say("asset." + label), text, Badge.NONE));
      }
    }
    facts.add(new Fact(words.say("asset.id"), asset.id(), Badge.NONE));
    return new Facts("facts", "", facts);
  }

  private String fitting(Fitting fitting) {
    var profile = fitting.profile();
    var told = profile == null ? fitting.at() : profile + " · " + fitting.at();
    var learned = fitting.learned();
    if (learned == null) {
      return told;
    }
    return told
        + " · "
        + words.say("asset.calibrated")
        + " "
        + stage.times().day(learned)
        + " · "
        + stage.cards().who("crew:" + fitting.by());
  }

  private String why(Alarm alarm) {
    var chain = alarm.why().stream().map(this::link).collect(Collectors.joining("; "));
    var held = alarm.hold().isZero() ? "" : " · " + Ages.text(alarm.hold(), words);
    return chain + held + " (" + alarm.rule() + ")";
  }

  private String link(Why why) {
    var point = words.name("point", why.point().name());
    var measure = why.measure() == null ? "" : " " + measured(why.measure());
    var value = said(why.value(), why);
    var limit = why.limit();
    return point
        + measure
        + " "
        + value
        + (limit == null
            ? ""
            : " (" + words.say("chart.limit") + " " + said(new Value.Num(limit), why) + ")");
  }

  /** {@code mean 10min}, and the like: word by word, lengths as they are written. */
  private String measured(String measure) {
    return Arrays.stream(measure.split(" "))
        .map(word -> words.name("measure", word))
        .collect(Collectors.joining(" "));
  }

  private String said(@Nullable Value value, Why why) {
    return switch (value) {
      case null -> "–";
      case Value.Num(var number) -> Numbers.text(number, why.point().spec());
      case Value.Flag(var flag) -> words.say(flag ? "flag.yes" : "flag.no");
      case Value.State(var word) -> words.name("state", word);
    };
  }

  private Facts log(Chronicle.Pages chronicle) {
    var facts = new ArrayList<Fact>();
    if (stage.seesPast(asset.id())) {
      for (var event : chronicle.events()) {
        var told = facts.size() < MOST_EVENTS ? told(event) : null;
        if (told != null) {
          facts.add(new Fact(stage.times().at(event.at()), told, Badge.NONE));
        }
      }
    }
    return new Facts("log", facts.isEmpty() ? "" : words.say("log.title"), facts);
  }

  private @Nullable String told(Event event) {
    return switch (event) {
      case Event.AlarmChanged changed when changed.alarm().asset().equals(asset.id()) ->
          words.say("change." + changed.change().word())
              + " "
              + stage.tasks().said(changed.alarm())
              + (changed.act() == null ? "" : " · " + stage.cards().who(changed.act().by()));
      case Event.Audit audit when audit.subject().equals(asset.id()) ->
          words.name("audit", audit.what()) + said(audit.act());
      case Event.Commission commission when commission.asset().equals(asset.id()) ->
          words.name("audit", commission.what()) + " " + changes(commission);
      case Event.AlarmChanged other -> null;
      case Event.Audit other -> null;
      case Event.Commission other -> null;
      case Event.Kpi kpi -> null;
      case Event.Result result -> null;
      case Event.Gap gap -> null;
      case Event.Health health -> null;
      case Event.Clock clock -> null;
    };
  }

  /** Who, and what he wrote; a reason that was chosen is told where it stands. */
  private String said(@Nullable Act act) {
    if (act == null) {
      return "";
    }
    var by = " · " + stage.cards().who(act.by());
    var reason = stage.reader().reads(act.reason(), words);
    return reason.isEmpty() ? by : by + " · " + reason;
  }

  private static String changes(Event.Commission commission) {
    return commission.set().entrySet().stream()
        .map(
            set ->
                "%s %s → %s"
                    .formatted(
                        set.getKey(),
                        commission.was().getOrDefault(set.getKey(), "–"),
                        set.getValue()))
        .collect(Collectors.joining(", "));
  }
}
