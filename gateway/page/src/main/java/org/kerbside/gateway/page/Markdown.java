package org.kerbside.gateway.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The manual's Markdown as HTML: headings, paragraphs, lists, tables, fenced blocks, code, bold and
 * links. What else there is in the language the manual does not use. Everything is escaped. Pure.
 */
final class Markdown {

  private static final Pattern HEADING = Pattern.compile("(#{1,3}) (.+)");
  private static final Pattern ITEM = Pattern.compile("(?:- |(\\d+)\\. )(.*)");
  private static final Pattern BEGINS = Pattern.compile("(#{1,3} |- |\\d+\\. |\\||```|<!--).*");
  private static final Pattern SPAN =
      Pattern.compile(
          "`([^`]+)`|\\*\\*(.+?)\\*\\*|\\[((?:`[^`]*`|[^\\]])+)\\]\\(([^)]+)\\)|<(https?://[^>]+)>");

  private final List<String> lines;
  private final UnaryOperator<String> address;
  private final StringBuilder html = new StringBuilder();
  private int at;

  private Markdown(String text, UnaryOperator<String> address) {
    this.lines = text.lines().toList();
    this.address = address;
  }

  /**
   * A page without its title.
   *
   * @param address where a link leads; empty: nowhere from here, its text stays
   */
  static String html(String text, UnaryOperator<String> address) {
    return new Markdown(text, address).blocks();
  }

  /** The first heading of a page, as plain text. */
  static String title(String text) {
    var heading = text.lines().filter(line -> line.startsWith("# ")).findFirst().orElse("# ");
    return heading.substring(2).replace("`", "");
  }

  /** The name of a heading, for links to it: as GitHub makes it. */
  static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private String blocks() {
    while (at < lines.size()) {
      var line = lines.get(at);
      if (line.startsWith("```")) {
        fence();
      } else if (line.startsWith("|")) {
        table();
      } else if (ITEM.matcher(line).matches()) {
        list();
      } else if (line.isBlank() || line.startsWith("<!--") || line.startsWith("# ")) {
        at++;
      } else if (HEADING.matcher(line).matches()) {
        heading(line);
        at++;
      } else {
        html.append("<p>").append(spans(running())).append("</p>\n");
      }
    }
    return html.toString();
  }

  /** One below the sheet's own. */
  private void heading(String line) {
    var heading = HEADING.matcher(line).replaceFirst("$2");
    int level = line.indexOf(' ') + 1;
    html.append(
        "<h%d id=\"%s\">%s</h%d>\n".formatted(level, anchor(heading), spans(heading), level));
  }

  private void fence() {
    at++;
    var block = new ArrayList<String>();
    while (at < lines.size() && !lines.get(at).startsWith("```")) {
      block.add(lines.get(at++));
    }
    at++;
    html.append("<pre>").append(escaped(String.join("\n", block))).append("</pre>\n");
  }

  private void table() {
    html.append("<table>\n");
    for (int row = 0; at < lines.size() && lines.get(at).startsWith("|"); row++, at++) {
      if (row != 1) { // the line of dashes
        var tag = row == 0 ? "th" : "td";
        html.append("<tr>");
        for (var cell : cells(lines.get(at))) {
          html.append("<%s>%s</%s>".formatted(tag, spans(cell), tag));
        }
        html.append("</tr>\n");
      }
    }
    html.append("</table>\n");
  }

  private static List<String> cells(String row) {
    var inner = row.strip();
    return Pattern.compile("(?<!\\\\)\\|")
        .splitAsStream(inner.substring(1, inner.length() - 1))
        .map(cell -> cell.strip().replace("\\|", "|"))
        .toList();
  }

  private void list() {
    boolean isNumbered = Character.isDigit(lines.get(at).charAt(0));
    html.append(isNumbered ? "<ol>\n" : "<ul>\n");
    while (at < lines.size() && ITEM.matcher(lines.get(at)).matches()) {
      html.append("<li>").append(spans(running())).append("</li>\n");
    }
    html.append(isNumbered ? "</ol>\n" : "</ul>\n");
  }

  /** The text of a paragraph or an item: up to a blank line, or to what begins something else. */
  private String running() {
    var item = ITEM.matcher(lines.get(at));
    var text = new ArrayList<String>();
    text.add(item.matches() ? item.group(2) : lines.get(at));
    at++;
    while (at < lines.size()
        && !lines.get(at).isBlank()
        && !BEGINS.matcher(lines.get(at)).matches()) {
      text.add(lines.get(at++).strip());
    }
    return text.stream().collect(Collectors.joining("\n"));
  }

  private String spans(String text) {
    var out = new StringBuilder();
    int from = 0;
    for (var span = SPAN.matcher(text); span.find(); from = span.end()) {
      out.append(escaped(text.substring(from, span.start()))).append(span(span));
    }
    return out.append(escaped(text.substring(from))).toString();
  }

  private String span(Matcher span) {
    if (span.group(1) != null) {
      return "<code>" + escaped(span.group(1)) + "</code>";
    }
    if (span.group(2) != null) {
      return "<b>" + spans(span.group(2)) + "</b>";
    }
    if (span.group(5) != null) {
      return "<code>" + escaped(span.group(5)) + "</code>"; // not ours: to be read, not followed
    }
    var where = address.apply(span.group(4));
    var text = spans(span.group(3));
    return where.isEmpty() ? text : "<a href=\"%s\">%s</a>".formatted(escaped(where), text);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
