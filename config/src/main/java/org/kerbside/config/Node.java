package org.kerbside.config;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A YAML node with its place. */
public sealed interface Node {

  Mark mark();

  /** The same node with every scalar under it changed. */
  Node map(UnaryOperator<Text> change);

  /** Whether it says the same as another, wherever the two stand. */
  boolean says(Node other);

  /** The same node in the place of another, which a word remembers. */
  default Node over(@Nullable Node other) {
    return this instanceof Word(var mine) && other instanceof Word(var theirs)
        ? new Word(mine.over(theirs))
        : this;
  }

  /** A scalar. */
  record Word(Text text) implements Node {
    @Override
    public Mark mark() {
      return text.mark();
    }

    @Override
    public Node map(UnaryOperator<Text> change) {
      return new Word(change.apply(text));
    }

    @Override
    public boolean says(Node other) {
      return other instanceof Word(var theirs)
          && text.text().equals(theirs.text())
          && text.style() == theirs.style();
    }
  }

  /** A sequence. */
  record Items(List<Node> items, Mark mark) implements Node {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public Node map(UnaryOperator<Text> change) {
      return new Items(items.stream().map(item -> item.map(change)).toList(), mark);
    }

    @Override
    public boolean says(Node other) {
      return other instanceof Items(var theirs, _)
          && items.size() == theirs.size()
          && IntStream.range(0, items.size()).allMatch(i -> items.get(i).says(theirs.get(i)));
    }
  }

  /** A mapping. */
  record Mapping(Section section) implements Node {
    @Override
    public Mark mark() {
      return section.mark();
    }

    @Override
    public Node map(UnaryOperator<Text> change) {
      return new Mapping(section.map(change));
    }

    @Override
    public boolean says(Node other) {
      return other instanceof Mapping(var theirs) && section.says(theirs);
    }
  }
}
