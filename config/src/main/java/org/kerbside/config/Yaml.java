package org.kerbside.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2 text to marked nodes. No anchors, merge keys or tags but {@code !secret}; at most 1 MiB
 * of characters and 64 levels. Reads the parser's events, so that an alias is refused where it
 * stands and never followed.
 */
public final class Yaml {

  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int DEEPEST = 64;
  private static final String SECRET = "!secret";

  private final String file;
  private final String[] lines;
  private final Iterator<Event> events;
  private final Mistakes mistakes;

  /** Ends the reading at once: the parser takes a square of the time for what nests further. */
  private static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Mark mark;

    TooDeep(Mark mark) {
      this.mark = mark;
    }
  }

  private Yaml(String file, String content, Mistakes mistakes) {
    this.file = file;
    this.lines = content.split("\r\n|\r|\n", -1);
    var settings = LoadSettings.builder().setLabel(file).build();
    this.events = new Parse(settings).parseString(content).iterator();
    this.mistakes = mistakes;
  }

  /** The top mapping of a file; null, and a mistake, when there is none. */
  public static @Nullable Section read(String file, String content, Mistakes mistakes) {
    if (content.length() > MOST_CHARACTERS) {
      mistakes.add(
          Mark.of(file, file), "E009", "the file is larger than 1 MiB", "split it by include");
      return null;
    }
    var text = content.startsWith("\uFEFF") ? content.substring(1) : content;
    return new Yaml(file, text, mistakes).mapping();
  }

  /** What stands at the top of a file, a list too; null, and a mistake, when there is nothing. */
  public static @Nullable Node tree(String file, String content, Mistakes mistakes) {
    if (content.length() > MOST_CHARACTERS) {
      mistakes.add(Mark.of(file, file), "E009", "the file is larger than 1 MiB", "split it");
      return null;
    }
    long before = mistakes.errors();
    var yaml = new Yaml(file, content, mistakes);
    var top = yaml.top();
    if (top == null && mistakes.errors() == before) {
      mistakes.add(Mark.of(file, yaml.lines[0]), "E004", "the file is empty", "write something");
    }
    return top;
  }

  private @Nullable Section mapping() {
    long before = mistakes.errors();
    var top = top();
    if (top instanceof Node.Mapping(var section)) {
      return section;
    }
    return top == null && mistakes.errors() > before ? null : noMapping();
  }

  private @Nullable Node top() {
    try {
      return document();
    } catch (TooDeep told) {
      mistakes.add(told.mark, "E009", "more than %d levels deep".formatted(DEEPEST), "flatten it");
    } catch (MarkedYamlEngineException told) {
      var mark =
          told.getProblemMark()
              .map(m -> at(m.getLine(), m.getColumn(), 1))
              .orElse(Mark.of(file, lines[0]));
      mistakes.add(
          mark, "E000", "not YAML: %s".formatted(told.getProblem()), "mend the syntax here");
    } catch (YamlEngineException told) {
      mistakes.add(
          Mark.of(file, lines[0]),
          "E000",
          "not YAML: %s".formatted(told.getMessage()),
          "mend the syntax");
    }
    return null;
  }

  private @Nullable Node document() {
    Node top = null;
    while (events.hasNext()) {
      var event = events.next();
      switch (event.getEventId()) {
        case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
        case Scalar, SequenceStart, MappingStart, Alias -> {
          if (top != null) {
            mistakes.add(
                mark(event), "E000", "not YAML: a second document", "one file is one document");
            return top;
          }
          top = node(event, 1);
        }
        case SequenceEnd, MappingEnd ->
            throw new IllegalStateException("unpaired %s".formatted(event));
      }
    }
    return top;
  }

  private @Nullable Section noMapping() {
    mistakes.add(
        Mark.of(file, lines[0]), "E004", "the file is no mapping", "begin with key: value lines");
    return null;
  }

  private @Nullable Node node(Event event, int depth) {
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      mistakes.add(
          mark(event), "E007", "anchors and aliases are not allowed", "write the value out");
    }
    return switch (event) {
      case AliasEvent alias -> null;
      case ScalarEvent scalar -> new Node.Word(text(scalar));
      case CollectionStartEvent start -> collection(start, depth);
      default -> throw new IllegalStateException("no node begins with %s".formatted(event));
    };
  }

  private @Nullable Node collection(CollectionStartEvent start, int depth) {
    start.getTag().ifPresent(tag -> refuseTag(start, tag));
    if (depth > DEEPEST) {
      throw new TooDeep(mark(start));
    }
    return start instanceof MappingStartEvent
        ? new Node.Mapping(mapping(start, depth))
        : new Node.Items(items(depth), mark(start));
  }

  private List<Node> items(int depth) {
    var items = new ArrayList<Node>();
    for (var event = events.next(); !(event instanceof CollectionEndEvent); event = events.next()) {
      var item = node(event, depth + 1);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  private Section mapping(CollectionStartEvent start, int depth) {
    var entries = new LinkedHashMap<String, Section.Entry>();
    for (var event = events.next(); !(event instanceof CollectionEndEvent); event = events.next()) {
      var key = node(event, depth + 1);
      var value = node(events.next(), depth + 1);
      if (!(key instanceof Node.Word(var word))) {
        mistakes.add(mark(event), "E004", "a key must be a word", "write key: value");
      } else if (word.text().equals(Section.MERGE)) {
        mistakes.add(word.mark(), "E007", "merge keys are not allowed", "write the values out");
        entries.put(word.text(), new Section.Entry(word, key));
      } else if (value != null
          && entries.putIfAbsent(word.text(), new Section.Entry(word, value)) != null) {
        mistakes.add(word.mark(), "E005", "'%s' stands here twice".formatted(word), "keep one");
      }
    }
    return new Section(mark(start), entries, mistakes);
  }

  private Text text(ScalarEvent scalar) {
    var tag = scalar.getTag();
    tag.filter(t -> !t.equals(SECRET)).ifPresent(t -> refuseTag(scalar, t));
    return new Text(scalar.getValue(), mark(scalar), style(scalar, tag));
  }

  private static Text.Style style(ScalarEvent scalar, Optional<String> tag) {
    if (tag.isPresent() && tag.get().equals(SECRET)) {
      return Text.Style.SECRET;
    }
    return scalar.isPlain() ? Text.Style.PLAIN : Text.Style.QUOTED;
  }

  private void refuseTag(Event event, String tag) {
    mistakes.add(
        mark(event), "E007", "the tag '%s' is not allowed".formatted(tag), "only !secret is");
  }

  /**
   * A scalar's mark covers its word up to the line's end; a collection's is its first character.
   */
  private Mark mark(Event event) {
    var start = event.getStartMark();
    if (start.isEmpty()) {
      return Mark.of(file, lines[0]);
    }
    int line = start.get().getLine();
    int column = start.get().getColumn();
    if (event instanceof CollectionStartEvent) {
      return at(line, column, 1);
    }
    int length =
        event
            .getEndMark()
            .filter(end -> end.getLine() == line)
            .map(end -> end.getColumn() - column)
            .orElse(Integer.MAX_VALUE);
    return at(line, column, length);
  }

  private Mark at(int line, int column, int length) {
    String text = line < lines.length ? lines[line] : "";
    int rest = text.codePointCount(0, text.length()) - column;
    return new Mark(file, line + 1, column + 1, Math.max(1, Math.min(length, rest)), text);
  }
}
