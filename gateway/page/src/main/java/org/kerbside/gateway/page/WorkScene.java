package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.page.Part.Badge;
import org.kerbside.gateway.page.Part.Link;
import org.kerbside.gateway.page.Part.Links;
import org.kerbside.gateway.page.Part.Rows;
import org.kerbside.gateway.page.Part.Task;

/** Decides what the crew's own screen says: who works on what, today's jobs, tests. */
final class WorkScene {

  private static final int MOST = 50;

  private final Stage stage;
  private final Words words;

  private WorkScene(Stage stage) {
    this.stage = stage;
    words = stage.words();
  }

  static Screen draw(Stage stage) {
    var scene = new WorkScene(stage);
    var lead = new ArrayList<Part>();
    var works = scene.works();
    if (!works.tasks().isEmpty()) {
      lead.add(works);
    }
    lead.add(scene.jobs());
    lead.add(scene.maintenance());
    lead.add(scene.tests());
    lead.add(scene.installs());
    return stage.screen("work", stage.words().say("nav.work"), lead, List.of(), Route.Tab.WORK);
  }

  private Rows works() {
    var tasks = new ArrayList<Task>();
    for (var standing : stage.standings().values()) {
      var work = standing.work();
      if (work != null) {
        var word =
            work.until() == null
                ? words.say("mode.maintenance")
                : words.say("mode.maintenance")
                    + " · "
                    + words.say("mode.until", stage.times().at(work.until()));
        tasks.add(
            new Task(
                new Badge("m-maintenance", "wrench", word),
                standing.asset().name(),
                stage.cards().who(work.by()) + " · " + words.name("why", work.reason()),
                List.of(),
                "/a/" + standing.asset().id(),
                new Link(
                    words.say("maint.end"),
                    Tasks.to(Deed.MAINTENANCE_END.word(), standing.asset().id()),
                    "")));
      }
    }
    return new Rows("works", words.say("maint.effect"), tasks, "");
  }

  /** What the alarms ask for, gravest first. */
  private Rows jobs() {
    return new Rows(
        "jobs",
        words.say("work.jobs"),
        stage.overview().alarms().stream()
            .filter(Alarm::isAnnounced)
            .sorted(Comparator.comparing(Alarm::severity).reversed())
            .limit(MOST)
            .map(stage.tasks()::alarmed)
            .toList(),
        words.say("site.clear"));
  }

  private Links maintenance() {
    return new Links(
        "maintenance",
        words.say("deed.maintenance"),
        "chips",
        stage.standings().values().stream()
            .filter(standing -> standing.work() == null && standing.asset().kind().isListed())
            .map(
                standing ->
                    new Link(
                        standing.asset().name(),
                        Tasks.to(Deed.MAINTENANCE.word(), standing.asset().id()),
                        ""))
            .toList());
  }

  private Links installs() {
    var links = new ArrayList<Link>();
    links.add(new Link(words.say("step.scan"), "/scan", "main"));
    for (var standing : stage.standings().values()) {
      var asset = standing.asset();
      if (asset.kind().isListed()) {
        links.add(new Link(asset.name(), "/commission/" + asset.id(), ""));
      }
    }
    return new Links("installs", words.say("work.install"), "chips", links);
  }

  private Links tests() {
    var links = new ArrayList<Link>();
    for (var standing : stage.standings().values()) {
      for (var point : standing.asset().points()) {
        if (point.spec().isWritable()) {
          var label = standing.asset().name() + " " + words.name("point", point.name());
          links.add(new Link(label, Tasks.to(Deed.TEST.word(), point.toString()), ""));
        }
      }
    }
    return new Links("tests", links.isEmpty() ? "" : words.say("work.tests"), "chips", links);
  }
}
