package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Machine;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.page.Part.Badge;
import org.kerbside.gateway.page.Part.Fact;
import org.kerbside.gateway.page.Part.Facts;
import org.kerbside.gateway.page.Part.Link;
import org.kerbside.gateway.page.Part.Links;
import org.kerbside.gateway.page.Part.Rows;
import org.kerbside.gateway.page.Part.Task;

/** Decides what the gateway says of itself: what to repair and how, then how it does. */
final class GatewayScene {

  private final Stage stage;
  private final Words words;
  private final Machine.Facts machine;
  private final @Nullable String told;

  private GatewayScene(Stage stage, Machine.Facts machine, @Nullable String told) {
    this.stage = stage;
    this.machine = machine;
    this.told = told;
    words = stage.words();
  }

  /**
   * Draws it.
   *
   * @param told by whose word the time is held; absent when by nobody's
   */
  static Screen draw(Stage stage, Machine.Facts machine, @Nullable String told) {
    var scene = new GatewayScene(stage, machine, told);
    return stage.screen(
        "gateway",
        stage.words().say("nav.gateway"),
        List.of(scene.repairs(), scene.facts(), scene.buses(), scene.sinks(), scene.links()),
        List.of(),
        Route.Tab.GATEWAY);
  }

  /** What is wrong with the gateway, its buses and its clock, and what to do about it. */
  private Rows repairs() {
    var tasks = new ArrayList<Task>();
    stage.overview().alarms().stream()
        .filter(alarm -> alarm.isActive() && isOwn(alarm))
        .map(this::repair)
        .forEach(tasks::add);
    if (stage.uplink().state() == UplinkView.State.DOWN) {
      tasks.add(
          row(
              new Badge("c-warning", "unplugged", words.say("gw.uplink")),
              "uplink.down",
              "uplink-down",
              Link.NONE));
    }
    if (stage.overview().now().clock() == ClockQuality.NONE) {
      tasks.add(
          row(
              new Badge("c-warning", "clock", words.say("gw.clock")),
              "clock.none",
              "clock-none",
              new Link(words.say("clock.set"), ClockPages.PATH, "")));
    }
    return new Rows("repairs", words.say("gw.repairs"), tasks, words.say("site.clear"));
  }

  private boolean isOwn(Alarm alarm) {
    var standing = stage.standings().get(alarm.asset());
    return standing == null || !standing.asset().kind().isListed();
  }

  private Task repair(Alarm alarm) {
    var task = stage.tasks().alarmed(alarm);
    var remedy = words.find("remedy." + alarm.rule());
    return new Task(
        task.badge(),
        task.text(),
        remedy == null ? task.since() : remedy,
        task.notes(),
        task.href(),
        task.act());
  }

  private Task row(Badge badge, String what, String rule, Link act) {
    var remedy = words.find("remedy." + rule);
    return new Task(badge, words.say(what), remedy == null ? "" : remedy, List.of(), "", act);
  }

  private Facts facts() {
    var facts = new ArrayList<Fact>();
    facts.add(
        new Fact(
            words.say("gw.uplink"),
            words.say("uplink.queued", Numbers.count(stage.uplink().waiting())),
            stage.foot().uplink()));
    facts.add(new Fact(words.say("gw.clock"), clock(), Badge.NONE));
    facts.add(new Fact(words.say("gw.storage"), storage(), Badge.NONE));
    facts.addAll(cabinet());
    facts.add(
        new Fact(
            words.say("gw.config"),
            words.say("gw.revision", Numbers.count(machine.revision())),
            Badge.NONE));
    facts.add(new Fact(words.say("gw.version"), machine.software(), Badge.NONE));
    return new Facts("facts", "", facts);
  }

  private String clock() {
    return switch (stage.overview().now().clock()) {
      case SYNC -> words.say("clock.sync");
      case HOLD -> told == null ? words.say("clock.hold") : words.say("clock.hand") + who();
      case NONE -> words.say("clock.none");
    };
  }

  /** For those who work here. */
  private String who() {
    return stage.reader() == Reader.CREW ? " · " + told : "";
  }

  private String storage() {
    var used =
        words.say(
            "gw.journal", Numbers.megabytes(machine.journal()), Numbers.megabytes(machine.quota()));
    var perDay = machine.perDay();
    return perDay == null
        ? used
        : used + " · " + words.say("gw.per-day", Numbers.megabytes(perDay));
  }

  /** What the board says of itself: its own asset's points that were heard. */
  private List<Fact> cabinet() {
    var facts = new ArrayList<Fact>();
    for (var standing : stage.standings().values()) {
      if (standing.asset().kind().name().equals(Kind.CABINET)) {
        for (var seen : standing.shown()) {
          var figure = stage.cards().figure(standing, seen);
          facts.add(new Fact(words.name("point", seen.point().name()), figure.text(), Badge.NONE));
        }
      }
    }
    return facts;
  }

  private Facts buses() {
    return new Facts(
        "buses",
        machine.buses().isEmpty() ? "" : words.say("gw.buses"),
        machine.buses().stream().map(this::bus).toList());
  }

  private Fact bus(Machine.Bus bus) {
    int answering = bus.devices() - bus.silent();
    var text =
        bus.driver()
            + " · "
            + words.say("gw.answer", Numbers.count(answering), Numbers.count(bus.devices()));
    var badge =
        bus.silent() == 0 ? new Badge("u-ok", "check", "") : new Badge("d-silent", "unplugged", "");
    return new Fact(bus.name(), text, badge);
  }

  private Facts sinks() {
    return new Facts(
        "sinks",
        machine.sinks().isEmpty() ? "" : words.say("gw.sinks"),
        machine.sinks().stream()
            .map(
                sink ->
                    new Fact(
                        sink.name(),
                        words.say(
                            "gw.sent", Numbers.count(sink.sent()), Numbers.count(sink.lost())),
                        sink.trouble() == null
                            ? Badge.NONE
                            : new Badge("c-warning", "triangle", sink.trouble())))
            .toList());
  }

  private Links links() {
    return new Links(
        "links",
        "",
        "actions",
        List.of(
            new Link(words.say("gw.kiosk"), "/kiosk", ""),
            new Link(words.say("gw.public"), "/public", ""),
            new Link(words.say("gw.label"), "/label", "")));
  }
}
