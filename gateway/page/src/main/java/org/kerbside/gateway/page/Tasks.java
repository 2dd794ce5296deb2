package org.kerbside.gateway.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.page.Part.Badge;
import org.kerbside.gateway.page.Part.Link;
import org.kerbside.gateway.page.Part.Task;
import org.kerbside.gateway.page.Part.Todo;

/** Makes rows of alarms and of what is not heard, gravest first. */
final class Tasks {

  private final Stage stage;
  private final Overview overview;
  private final Words words;
  private final Cards cards;

  Tasks(Stage stage) {
    this.stage = stage;
    overview = stage.overview();
    words = stage.words();
    cards = stage.cards();
  }

  /** What must be done here, {@code most} rows of it. */
  Todo todo(int most) {
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
    for (var standing : stage.standings().values()) {
      boolean isTold = standing.alarm() != null || explained.contains(standing.asset().id());
      if (!isTold && isUnheard(standing)) {
        tasks.add(unheard(standing));
      }
    }
    if (tasks.isEmpty()) {
      return new Todo(words.say("site.clear"), tasks, "");
    }
    var title = words.say("site.todo") + " (" + tasks.size() + ")";
    var over = tasks.size() - most;
    return over <= 0
        ? new Todo(title, tasks, "")
        : new Todo(title, tasks.subList(0, most), words.say("site.more", Numbers.count(over)));
  }

  /** One alarm, with the way to acknowledge it while nobody has. */
  Task alarmed(Alarm alarm) {
    var standing = stage.standings().get(alarm.asset());
    var notes = new ArrayList<Badge>();
    boolean hasData = standing != null && !standing.shown().isEmpty(); // a bus has none
    if (standing != null && hasData && standing.data() != DataState.GOOD) {
      notes.add(cards.data(standing.data()));
    }
    notes.addAll(cards.care(alarm));
    var since =
        words.say("alarm.since", stage.times().at(alarm.since()))
            + " · "
            + Ages.text(overview.now().since(alarm.since()), words);
    return new Task(
        cards.condition(alarm.severity()),
        said(alarm, standing),
        since,
        notes,
        href(standing),
        act(alarm));
  }

  private static String href(@Nullable Standing standing) {
    return standing == null ? "" : "/a/" + standing.asset().id();
  }

  private Link act(Alarm alarm) {
    return alarm.care().acknowledged() != null || alarm.care().shelved() != null
        ? Link.NONE
        : new Link(words.say("ack.do"), to("ack", alarm.id()), "");
  }

  /** The sheet on which something is done. */
  static String to(String deed, String subject) {
    return "/do/" + deed + "?of=" + URLEncoder.encode(subject, StandardCharsets.UTF_8);
  }

  /** What it says, with its asset's name. */
  String said(Alarm alarm) {
    return said(alarm, stage.standings().get(alarm.asset()));
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
        cards.data(standing.data()),
        standing.asset().name(),
        cards.detail(standing),
        List.of(),
        "/a/" + standing.asset().id(),
        Link.NONE);
  }
}
