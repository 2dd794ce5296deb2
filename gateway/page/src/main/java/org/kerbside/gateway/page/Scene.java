package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.UplinkView;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.page.Part.Badge;
import org.kerbside.gateway.page.Part.Foot;
import org.kerbside.gateway.page.Part.Heading;
import org.kerbside.gateway.page.Part.Task;
import org.kerbside.gateway.page.Part.Todo;

/** Decides what the site screen says: pure, from what control last left. */
final class Scene {

  private static final int MOST_TASKS = 20;

  private final Overview overview;
  private final Words words;
  private final Times times;
  private final Cards cards;
  private final SequencedMap<String, Standing> standings = new LinkedHashMap<>();

  private Scene(Site site, Overview overview, Words words) {
    this.overview = overview;
    this.words = words;
    this.times = new Times(site.zone(), overview.now());
    this.cards = new Cards(overview, times, words);
    for (var asset : overview.assets()) {
      standings.put(asset.id(), Standing.of(asset, overview));
    }
  }

  static Screen draw(Site site, Overview overview, UplinkView uplink, Words words, String hotline) {
    var scene = new Scene(site, overview, words);
    return new Screen(scene.todo(), scene.groups(), scene.foot(uplink, hotline));
  }

  private Todo todo() {
    var tasks = new ArrayList<Task>();
    overview.alarms().stream()
        .filter(Alarm::isAnnounced)
        .sorted((one, other) -> other.severity().compareTo(one.severity()))
        .map(this::alarmed)
        .forEach(tasks::add);
    overview.alarms().stream()
        .filter(alarm -> alarm.isActive() && alarm.care().shelved() != null)
        .map(this::alarmed)
        .forEach(tasks::add);
    var explained =
        overview.alarms().stream()
            .filter(alarm -> alarm.isActive() && alarm.care().cause() != null)
            .map(Alarm::asset)
            .collect(Collectors.toSet());
    for (var standing : standings.values()) {
      boolean isTold = standing.alarm() != null || explained.contains(standing.asset().id());
      if (!isTold && isUnheard(standing)) {
        tasks.add(unheard(standing));
      }
    }
    if (tasks.isEmpty()) {
      return new Todo(words.say("site.clear"), tasks, "");
    }
    var title = words.say("site.todo") + " (" + tasks.size() + ")";
    var over = tasks.size() - MOST_TASKS;
    return over <= 0
        ? new Todo(title, tasks, "")
        : new Todo(
            title, tasks.subList(0, MOST_TASKS), words.say("site.more", Numbers.count(over)));
  }

  private Task alarmed(Alarm alarm) {
    var standing = standings.get(alarm.asset());
    var notes = new ArrayList<Badge>();
    boolean hasData = standing != null && !standing.shown().isEmpty(); // a bus has none
    if (standing != null && hasData && standing.data() != DataState.GOOD) {
      notes.add(cards.data(standing.data()));
    }
    notes.addAll(cards.care(alarm));
    var since =
        words.say("alarm.since", times.at(alarm.since()))
            + " · "
            + Ages.text(overview.now().since(alarm.since()), words);
    return new Task(cards.condition(alarm.severity()), said(alarm, standing), since, notes);
  }

  private String said(Alarm alarm, @Nullable Standing standing) {
    var name = standing == null ? alarm.asset() : standing.asset().name();
    var text = alarm.text().get(words.language().tag());
    if (text == null) {
      text = alarm.text().get(words.language().other().tag());
    }
    if (text == null) {
      return name + " · " + alarm.rule();
    }
    return text.contains(name) ? text : name + " · " + text;
  }

  private static boolean isUnheard(Standing standing) {
    return standing.data() == DataState.SILENT || standing.data() == DataState.STALE;
  }

  private Task unheard(Standing standing) {
    return new Task(
        cards.data(standing.data()), standing.asset().name(), cards.detail(standing), List.of());
  }

  private List<Screen.Group> groups() {
    var groups = new ArrayList<Screen.Group>();
    var rest = new ArrayList<>(standings.values());
    var toilets = take(rest, standing -> standing.asset().kind().name().equals("toilet"));
    rest.removeIf(standing -> standing.shown().isEmpty());
    for (var toilet : toilets) {
      var members = take(rest, standing -> toilet.asset().id().equals(standing.asset().parent()));
      var title = toilets.size() == 1 ? words.say("group.toilets") : toilet.asset().name();
      if (!toilet.shown().isEmpty()) {
        members.add(toilet);
      }
      add(groups, "g-" + toilet.asset().id(), title, members);
    }
    add(groups, "g-toilets", words.say("group.toilets"), take(rest, kind("stall", "air")));
    add(groups, "g-bins", words.say("group.bins"), take(rest, kind("bin")));
    var lamps = take(rest, kind("lamp"));
    lamps.addAll(take(rest, kind("feeder")));
    add(groups, "g-lamps", words.say("group.lamps"), lamps);
    add(groups, "g-irrigation", words.say("group.irrigation"), take(rest, kind("zone", "master")));
    add(groups, "g-others", words.say("group.others"), rest);
    return groups;
  }

  private void add(List<Screen.Group> groups, String id, String title, List<Standing> members) {
    if (!members.isEmpty()) {
      groups.add(
          new Screen.Group(
              new Heading(id, title, summary(members)),
              members.stream().map(cards::card).toList()));
    }
  }

  private String summary(List<Standing> members) {
    var stalls = members.stream().filter(kind("stall")).toList();
    if (!stalls.isEmpty()) {
      var free =
          words.say("count.free", count(stalls, Value.Flag.FALSE), Numbers.count(stalls.size()));
      return free + unknown(stalls);
    }
    var lamps = members.stream().filter(kind("lamp")).toList();
    if (!lamps.isEmpty()) {
      return words.say("count.on", count(lamps, Value.Flag.TRUE))
          + " · "
          + words.say("count.off", count(lamps, Value.Flag.FALSE))
          + unknown(lamps);
    }
    return "";
  }

  private String unknown(List<Standing> members) {
    var unknown = members.stream().filter(standing -> !standing.isKnown()).count();
    return unknown == 0 ? "" : " · " + words.say("count.unknown", Numbers.count(unknown));
  }

  private static String count(List<Standing> members, Value value) {
    return Numbers.count(
        members.stream()
            .filter(Standing::isKnown)
            .map(standing -> standing.chief().last())
            .filter(last -> last != null && value.equals(last.value()))
            .count());
  }

  private Foot foot(UplinkView uplink, String hotline) {
    var badge =
        switch (uplink.state()) {
          case CONNECTED -> new Badge("u-ok", "check", words.say("uplink.ok"));
          case CONNECTING -> new Badge("u-connecting", "clock", words.say("uplink.connecting"));
          case DOWN -> new Badge("u-down", "unplugged", words.say("uplink.down"));
        };
    var trouble =
        uplink.state() == UplinkView.State.CONNECTED || uplink.trouble() == null
            ? ""
            : uplink.trouble();
    return new Foot(
        words.say("uplink.title"),
        badge,
        words.say("uplink.queued", Numbers.count(uplink.waiting())),
        trouble,
        words.say("help.line", hotline));
  }

  private static Predicate<Standing> kind(String... kinds) {
    var wanted = List.of(kinds);
    return standing -> wanted.contains(standing.asset().kind().name());
  }

  /** Moves what is wanted out of {@code rest}, in its order. */
  private static List<Standing> take(List<Standing> rest, Predicate<Standing> wanted) {
    var taken = new ArrayList<>(rest.stream().filter(wanted).toList());
    rest.removeAll(taken);
    return taken;
  }
}
