package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Site;

/**
 * The manual at {@code /docs}, as it ships with this version: for everybody, without a network. A
 * code of {@code check} has an address of its own, {@code /docs/E101}. Thread-safe.
 */
final class Manual {

  static final String PATH = "/docs";

  /** What is left of an address behind {@link #PATH}. */
  private static final Pattern PAGE = Pattern.compile("[a-z0-9-]+(/[a-z0-9-]+)?");

  private static final Pattern CODE = Pattern.compile("[EW]\\d{3}");
  private static final Pattern LINK = Pattern.compile("([a-z0-9/-]+)\\.md(#.*)?");
  private static final Set<String> ALARMS = alarms();

  private final Templates templates;
  private final Spoken spoken;
  private final String hotline;
  private final Supplier<Site> site;

  /** A page of it, drawn. */
  record Leaf(Sheet sheet, String html) {}

  Manual(Templates templates, Spoken spoken, String hotline, Supplier<Site> site) {
    this.templates = templates;
    this.spoken = spoken;
    this.hotline = hotline;
    this.site = site;
  }

  /** Where it says what to do about an alarm; empty for a rule of the site's own. */
  static String remedy(String rule) {
    return ALARMS.contains(rule) ? PATH + "/alarms#" + Markdown.anchor(rule) : "";
  }

  void show(Context context) {
    var path = context.path().substring(PATH.length()).replaceFirst("^/", "");
    if (CODE.matcher(path).matches()) {
      context.redirect(PATH + "/codes#" + Markdown.anchor(path), HttpStatus.SEE_OTHER);
      return;
    }
    var words = spoken.words(context);
    var name = path.isEmpty() ? "index" : path;
    var text = PAGE.matcher(name).matches() ? text(words.language(), name) : null;
    if (text == null) {
      context.status(HttpStatus.NOT_FOUND).result("404\n");
      return;
    }
    Spoken.remember(context);
    var sheet =
        new Sheet(
            words,
            site.get(),
            Markdown.title(text),
            context.path(),
            words.say("help.line", hotline),
            Shipped.STYLE.text(),
            Sheet.Waiting.FOR_THE_READER);
    var folder = name.substring(0, name.indexOf('/') + 1);
    context.html(
        templates.leaf(new Leaf(sheet, Markdown.html(text, link -> address(folder, link)))));
  }

  /** Pages of the manual stay here; what lies elsewhere in the sources is not on the board. */
  private static String address(String folder, String link) {
    if (link.startsWith("#")) {
      return link;
    }
    var page = LINK.matcher(link.startsWith("../") ? link.substring(3) : folder + link);
    return page.matches() ? PATH + "/" + page.replaceFirst("$1$2") : "";
  }

  private static @Nullable String text(Language language, String name) {
    var resource = "docs/%s/%s.md".formatted(language == Language.EN ? "en" : "zh-CN", name);
    try (var in = Manual.class.getResourceAsStream(resource)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Set<String> alarms() {
    var text = text(Language.EN, "alarms");
    return text == null
        ? Set.of()
        : text.lines()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .collect(Collectors.toUnmodifiableSet());
  }
}
