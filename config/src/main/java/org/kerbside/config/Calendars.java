package org.kerbside.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the calendars that programmes name, files beside the site, in the place of their names. */
final class Calendars {

  private static final String CALENDAR = "calendar";

  private final Includes includes;
  private final Path site;

  Calendars(Includes includes, Path site) {
    this.includes = includes;
    this.site = site;
  }

  List<Section> into(List<Section> rules) {
    return rules.stream().map(this::into).toList();
  }

  private Section into(Section rule) {
    return switch (rule.has(CALENDAR) ? rule.node(CALENDAR) : null) {
      case null -> rule;
      case Node.Word word -> with(rule, List.of(word), word.mark());
      case Node.Items(var items, var mark) -> with(rule, items, mark);
      case Node.Mapping mapping -> rule; // Who reads the programme refuses its shape.
    };
  }

  private Section with(Section rule, List<Node> named, Mark mark) {
    var calendars = new ArrayList<Node>();
    for (var node : named) {
      var calendar = read(node);
      if (calendar != null) {
        calendars.add(calendar);
      }
    }
    var key = new Text(CALENDAR, rule.markOf(CALENDAR), Text.Style.PLAIN);
    return rule.with(key, new Node.Items(calendars, mark));
  }

  private @Nullable Node read(Node node) {
    if (!(node instanceof Node.Word(var name))) {
      return node;
    }
    var calendar = includes.included(name, site);
    return calendar == null ? null : new Node.Mapping(calendar);
  }
}
