package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.page.Part.Card;
import org.kerbside.gateway.page.Part.Heading;

/** Decides what the site screen says: pure, from what control last left. */
final class Scene {

  private static final int MOST_TASKS = 20;
  private static final int MOST_IN_CABINET = 4;

  private final Stage stage;
  private final Words words;
  private final Function<Standing, Card> card;

  private Scene(Stage stage, Function<Standing, Card> card) {
    this.stage = stage;
    this.card = card;
    words = stage.words();
  }

  static Screen draw(Stage stage) {
    return new Scene(stage, stage.cards()::card).drawn("site", MOST_TASKS);
  }

  /** The same, short, for the screen in the cabinet. */
  static Screen kiosk(Stage stage) {
    return new Scene(stage, stage.cards()::brief).drawn("kiosk", MOST_IN_CABINET);
  }

  private Screen drawn(String look, int most) {
    return stage.screen(look, "", List.of(stage.tasks().todo(most)), groups(), Route.Tab.SITE);
  }

  private List<Screen.Group> groups() {
    var groups = new ArrayList<Screen.Group>();
    var rest = new ArrayList<>(stage.standings().values());
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
              new Heading(id, title, summary(members)), members.stream().map(card).toList()));
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
