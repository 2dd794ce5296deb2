package org.kerbside.gateway.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Chronicle;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.page.Part.Link;
import org.kerbside.gateway.page.Part.Links;
import org.kerbside.gateway.page.Part.Rows;
import org.kerbside.gateway.page.Part.Task;
import org.kerbside.gateway.page.Route.Alarms.Show;

/**
 * Decides what the alarms' screen says: who must still look, who has, what is silenced, the week.
 */
final class AlarmsScene {

  private static final int MOST = 50;
  private static final Duration A_WEEK = Duration.ofDays(7);

  private final Stage stage;
  private final Words words;

  private AlarmsScene(Stage stage) {
    this.stage = stage;
    words = stage.words();
  }

  static Screen draw(Stage stage, Show show, Chronicle.Pages chronicle) {
    var scene = new AlarmsScene(stage);
    return stage.screen(
        "alarms",
        words(stage, show),
        List.of(scene.choice(show), scene.rows(show, chronicle)),
        List.of(),
        Route.Tab.ALARMS);
  }

  private static String words(Stage stage, Show show) {
    return stage.words().say("alarm." + show.word());
  }

  private Links choice(Show current) {
    var links = new ArrayList<Link>();
    for (var show : Show.values()) {
      var count = show == Show.WEEK ? "" : " " + Numbers.count(of(show).size());
      links.add(
          new Link(
              words(stage, show) + count,
              new Route.Alarms(show).path(),
              show == current ? "current" : ""));
    }
    return new Links("choice", "", "choice", links);
  }

  private Rows rows(Show show, Chronicle.Pages chronicle) {
    if (show == Show.WEEK) {
      return week(chronicle);
    }
    var tasks = new ArrayList<Task>();
    of(show).stream().limit(MOST).map(this::row).forEach(tasks::add);
    return new Rows("rows", "", tasks, words.say("alarm.none"));
  }

  /** With the one thing to do that fits it. */
  private Task row(Alarm alarm) {
    var task = stage.tasks().alarmed(alarm);
    if (alarm.care().shelved() != null) {
      var end = new Link(words.say("shelve.end"), Tasks.to("unshelve", alarm.id()), "");
      return new Task(task.badge(), task.text(), task.since(), task.notes(), task.href(), end);
    }
    return task;
  }

  private List<Alarm> of(Show show) {
    return stage.overview().alarms().stream()
        .filter(
            alarm ->
                switch (show) {
                  case UNACKED ->
                      alarm.care().acknowledged() == null && alarm.care().shelved() == null;
                  case ACKED ->
                      alarm.care().acknowledged() != null && alarm.care().shelved() == null;
                  case SHELVED -> alarm.care().shelved() != null;
                  case WEEK -> false;
                })
        .sorted(Comparator.comparing(Alarm::severity).reversed())
        .toList();
  }

  /** What was raised and what came to an end; honest about since when it is known. */
  private Rows week(Chronicle.Pages chronicle) {
    var now = stage.overview().now();
    var tasks = new ArrayList<Task>();
    for (var event : chronicle.events()) {
      if (event instanceof Event.AlarmChanged changed
          && stage.seesPast(changed.alarm().asset())
          && now.since(changed.at()).compareTo(A_WEEK) < 0
          && tasks.size() < MOST) {
        tasks.add(past(changed));
      }
    }
    var since = chronicle.since();
    var known =
        since == null || now.since(since).compareTo(A_WEEK) >= 0
            ? ""
            : words.say("log.since", stage.times().at(since));
    return new Rows("rows", known, tasks, words.say("alarm.none"));
  }

  private Task past(Event.AlarmChanged changed) {
    var row = stage.tasks().alarmed(changed.alarm());
    var told = words.say("change." + changed.change().word());
    var who = changed.act() == null ? "" : " · " + stage.cards().who(changed.act().by());
    var text = stage.times().at(changed.at()) + " · " + told + who;
    return new Task(row.badge(), row.text(), text, List.of(), row.href(), Link.NONE);
  }
}
