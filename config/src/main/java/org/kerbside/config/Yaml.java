package org.kerbside.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML 1.2 text to marked nodes. No anchors, merge keys or tags but {@code !secret}; ≤ 1 MiB. */
public final class Yaml {

  private static final int MOST_CHARACTERS = 1 << 20;

  private final String file;
  private final String[] lines;
  private final Mistakes mistakes;

  private Yaml(String file, String content, Mistakes mistakes) {
    this.file = file;
    this.lines = content.split("\n", -1);
    this.mistakes = mistakes;
  }

  /** The top mapping of a file; null, and a mistake, when there is none. */
  public static @Nullable Section read(String file, String content, Mistakes mistakes) {
    if (content.length() > MOST_CHARACTERS) {
      mistakes.add(
          Mark.of(file, file), "E009", "the file is larger than 1 MiB", "split it by include");
      return null;
    }
    return new Yaml(file, content, mistakes).top(content);
  }

  private @Nullable Section top(String content) {
    var settings = LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(true).build();
    try {
      Optional<org.snakeyaml.engine.v2.nodes.Node> root =
          new Compose(settings).composeString(content);
      if (root.isPresent() && node(root.get()) instanceof Node.Mapping(var section)) {
        return section;
      }
      mistakes.add(
          Mark.of(file, lines[0]), "E004", "the file is no mapping", "begin with key: value lines");
    } catch (MarkedYamlEngineException told) {
      var mark = told.getProblemMark().map(this::mark).orElse(Mark.of(file, lines[0]));
      mistakes.add(
          mark, "E000", "not YAML: %s".formatted(told.getProblem()), "mend the syntax here");
    } catch (YamlEngineException told) {
      mistakes.add(
          Mark.of(file, lines[0]), "E000", "not YAML: %s".formatted(told.getMessage()), "mend it");
    }
    return null;
  }

  private @Nullable Node node(org.snakeyaml.engine.v2.nodes.Node node) {
    var mark = mark(node, 1);
    if (node.getAnchor().isPresent()) {
      mistakes.add(mark, "E007", "anchors are not allowed here", "write the value out");
    }
    return switch (node) {
      case ScalarNode scalar -> new Node.Word(text(scalar));
      case SequenceNode sequence ->
          new Node.Items(
              sequence.getValue().stream().map(this::node).filter(n -> n != null).toList(), mark);
      case MappingNode mapping -> new Node.Mapping(section(mapping));
      default -> null;
    };
  }

  private Section section(MappingNode mapping) {
    var entries = new LinkedHashMap<String, Section.Entry>();
    for (var tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        mistakes.add(
            mark(tuple.getKeyNode(), 1), "E004", "a key must be a word", "write key: value");
        continue;
      }
      var key = text(keyNode);
      if (key.text().equals("<<")) {
        mistakes.add(key.mark(), "E007", "merge keys are not allowed", "write the values out");
        continue;
      }
      var value = node(tuple.getValueNode());
      if (value != null && entries.putIfAbsent(key.text(), new Section.Entry(key, value)) != null) {
        mistakes.add(key.mark(), "E005", "'%s' stands here twice".formatted(key), "keep one");
      }
    }
    return new Section(mark(mapping, 1), entries, mistakes);
  }

  private Text text(ScalarNode scalar) {
    boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
    if (!List.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL).contains(scalar.getTag())
        && !scalar.getTag().getValue().equals("!secret")) {
      mistakes.add(
          mark(scalar, 1),
          "E007",
          "the tag '%s' is not allowed".formatted(scalar.getTag().getValue()),
          "only !secret is");
    }
    String value = scalar.getValue();
    int length = value.codePointCount(0, value.length()) + (plain ? 0 : 2);
    return new Text(value, mark(scalar, length), plain ? Text.Style.PLAIN : Text.Style.QUOTED);
  }

  private Mark mark(org.snakeyaml.engine.v2.nodes.Node node, int length) {
    return node.getStartMark()
        .map(m -> at(m.getLine(), m.getColumn(), length))
        .orElse(Mark.of(file, lines[0]));
  }

  private Mark mark(org.snakeyaml.engine.v2.exceptions.Mark mark) {
    return at(mark.getLine(), mark.getColumn(), 1);
  }

  private Mark at(int line, int column, int length) {
    String text = line < lines.length ? lines[line] : "";
    return new Mark(file, line + 1, column + 1, Math.max(1, length), text);
  }
}
