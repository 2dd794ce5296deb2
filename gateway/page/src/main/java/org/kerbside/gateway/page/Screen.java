package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A screen as one language shows it at one moment; every choice is already made.
 *
 * @param look the class that lays it out
 * @param title what it is about, for the window; empty for the site itself
 * @param lead what stands before the groups
 */
record Screen(
    String look, String title, List<Part> lead, List<Group> groups, Part.Nav nav, Part.Foot foot) {

  /** Cards under a heading. */
  record Group(Part.Heading heading, List<Part.Card> cards) {

    Group {
      cards = List.copyOf(cards);
    }
  }

  Screen {
    lead = List.copyOf(lead);
    groups = List.copyOf(groups);
  }

  List<Part> parts() {
    var parts = new ArrayList<Part>(lead);
    for (var group : groups) {
      parts.add(group.heading());
      parts.addAll(group.cards());
    }
    parts.add(nav);
    parts.add(foot);
    return parts;
  }

  /** What a page that shows {@code earlier} must replace. */
  Change since(Screen earlier) {
    var before = earlier.parts();
    var after = parts();
    var sameShape =
        before.size() == after.size()
            && IntStream.range(0, after.size())
                .allMatch(i -> before.get(i).id().equals(after.get(i).id()));
    if (!sameShape) {
      return new Change.Whole();
    }
    return new Change.Parts(
        IntStream.range(0, after.size())
            .filter(i -> !Objects.equals(before.get(i), after.get(i)))
            .mapToObj(after::get)
            .toList());
  }

  /** What differs between two screens. */
  sealed interface Change {

    /** The assets themselves changed: everything is shown again. */
    record Whole() implements Change {}

    record Parts(List<Part> parts) implements Change {}
  }
}
