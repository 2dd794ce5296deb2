package org.kerbside.gateway.app.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mark;
import org.kerbside.config.Node;
import org.kerbside.config.Text;
import org.kerbside.drivers.camel.EndpointUri;

/** The words of a file of routes, and which of them something is about. */
final class Places {

  /** What takes an endpoint, as Camel's YAML writes it. */
  private static final Set<String> TAKES =
      Set.of(
          "from",
          "to",
          "toD",
          "to-d",
          "wireTap",
          "wire-tap",
          "enrich",
          "poll",
          "pollEnrich",
          "poll-enrich");

  private static final int SHORTEST = 3; // letters that say which word is meant
  private static final Pattern LINE = Pattern.compile("line (\\d+), column (\\d+)");

  /** An endpoint that is named somewhere. */
  record Named(String by, EndpointUri uri) {}

  private final RouteFile file;
  private final List<Text> words = new ArrayList<>();
  private final List<Named> endpoints = new ArrayList<>();

  Places(RouteFile file) {
    this.file = file;
    walk(file.top());
  }

  List<Named> endpoints() {
    return endpoints;
  }

  void forEachWord(Consumer<Text> then) {
    words.forEach(then);
  }

  private void walk(Node node) {
    switch (node) {
      case Node.Word(var text) -> words.add(text);
      case Node.Items(var items, var _) -> items.forEach(this::walk);
      case Node.Mapping(var section) -> {
        for (var entry : section.entries()) {
          words.add(entry.key());
          if (TAKES.contains(entry.key().text())) {
            endpoint(entry.key().text(), entry.value());
          }
          walk(entry.value());
        }
      }
    }
  }

  private void endpoint(String by, Node value) {
    switch (value) {
      case Node.Word(var text) -> endpoints.add(new Named(by, EndpointUri.of(text)));
      case Node.Mapping(var section) -> {
        var uri = section.text("uri");
        if (uri != null) {
          var parameters = section.node("parameters");
          var plain = EndpointUri.of(uri);
          endpoints.add(
              new Named(by, parameters instanceof Node.Mapping(var own) ? plain.with(own) : plain));
        }
      }
      case Node.Items items -> {} // Camel will say so.
    }
  }

  /** Where it stands what Camel complains of: by its line and column, or by the longest word. */
  Mark of(String complaint) {
    var line = LINE.matcher(complaint);
    if (line.find()) {
      var at = at(Integer.parseInt(line.group(1)), Integer.parseInt(line.group(2)));
      return at == null ? file.start() : at;
    }
    return words.stream()
        .filter(word -> word.text().length() >= SHORTEST && complaint.contains(word.text()))
        .max(Comparator.comparingInt(word -> word.text().length()))
        .map(Text::mark)
        .orElse(file.start());
  }

  /** The first word at or behind a place. */
  private @Nullable Mark at(int line, int column) {
    return words.stream()
        .map(Text::mark)
        .filter(mark -> mark.line() == line && mark.column() >= column || mark.line() > line)
        .findFirst()
        .orElse(null);
  }
}
