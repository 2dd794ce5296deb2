package org.kerbside.config;

import java.util.List;

/** A YAML node with its place. */
public sealed interface Node {

  Mark mark();

  /** A scalar. */
  record Word(Text text) implements Node {
    @Override
    public Mark mark() {
      return text.mark();
    }
  }

  /** A sequence. */
  record Items(List<Node> items, Mark mark) implements Node {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** A mapping. */
  record Mapping(Section section) implements Node {
    @Override
    public Mark mark() {
      return section.mark();
    }
  }
}
