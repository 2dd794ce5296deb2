package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.page.Part.Badge;
import org.kerbside.gateway.page.Part.Fact;
import org.kerbside.gateway.page.Part.Facts;

/**
 * Decides what a passer-by sees: how many stalls are free, and the air. No alarm, nothing to touch;
 * what is not fresh is a dash and never free.
 */
final class PublicScene {

  private final Stage stage;
  private final Words words;

  private PublicScene(Stage stage) {
    this.stage = stage;
    words = stage.words();
  }

  static Screen draw(Stage stage) {
    var scene = new PublicScene(stage);
    return stage.shut("public", List.of(scene.free(), scene.air()));
  }

  /** By the first letter or word of the stalls' names: 女 1, 女 2 … are one row. */
  private Facts free() {
    var groups = new LinkedHashMap<String, List<Standing>>();
    for (var standing : stage.standings().values()) {
      if (standing.asset().kind().name().equals("stall")) {
        var group = standing.asset().name().replaceFirst("[\\s\\d]+$", "");
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(standing);
      }
    }
    return new Facts(
        "free",
        "",
        groups.entrySet().stream()
            .map(group -> new Fact(group.getKey(), free(group.getValue()), Badge.NONE))
            .toList());
  }

  private String free(List<Standing> stalls) {
    var known =
        stalls.stream().filter(Standing::isKnown).filter(stall -> stall.work() == null).toList();
    if (known.isEmpty()) {
      return "–";
    }
    long free =
        known.stream()
            .map(stall -> stall.chief().last())
            .filter(last -> last != null && Value.Flag.FALSE.equals(last.value()))
            .count();
    return words.say("public.free", Numbers.count(free));
  }

  private Facts air() {
    var facts = new ArrayList<Fact>();
    for (var standing : stage.standings().values()) {
      if (isAir(standing.asset().kind())) {
        for (var seen : standing.shown()) {
          var figure = stage.cards().figure(standing, seen);
          facts.add(
              new Fact(
                  words.name("point", seen.point().name()),
                  figure.trust() == Part.Trust.PLAIN ? figure.text() : "–",
                  Badge.NONE));
        }
      }
    }
    return new Facts("air", "", facts);
  }

  private static boolean isAir(Kind kind) {
    return kind.name().equals("air");
  }
}
