package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One screen as somebody has it in hand: his language, his phone, sun or night. */
record Look(String path, String language, int width, int height, ColorScheme scheme) {

  /** What can be tapped and is less than 48 px; a card's name is as large as its card. */
  private static final String SMALL_TARGETS =
      """
      [...document.querySelectorAll('a, button, input:not([type=hidden]), textarea, select, summary')]
        .filter(e => e.checkVisibility())
        .map(e => [e, (e.matches('.card h3 a') ? e.closest('.card')
                       : e.matches('input[type=radio]') ? e.closest('label') : e)
                      .getBoundingClientRect()])
        .filter(([e, box]) => box.width < 48 || box.height < 48)
        .map(([e, box]) => e.outerHTML + ' ' + box.width + 'x' + box.height)""";

  private static final String HIDDEN_BESIDE =
      "document.documentElement.scrollWidth - document.documentElement.clientWidth";

  /** Text of less than 7:1 against what is behind it (WCAG 2.2, 1.4.6). */
  private static final String WEAK_TEXT =
      """
      () => {
        const light = c => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
        const lum = ([r, g, b]) => .2126 * light(r) + .7152 * light(g) + .0722 * light(b);
        const rgb = text => text.match(/[0-9.]+/g).map(Number);
        const behind = e => {
          for (; e; e = e.parentElement) {
            const style = getComputedStyle(e), c = rgb(style.backgroundColor);
            if (c.length < 4 || c[3] > .5) return c;
          }
          return matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255];
        };
        const weak = new Set();
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const e = walk.currentNode.parentElement;
          if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest('noscript, script')) continue;
          const a = lum(rgb(getComputedStyle(e).color)), b = lum(behind(e));
          const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
          if (ratio < 6.95) weak.add(walk.currentNode.data.trim() + ' ' + ratio.toFixed(2));
        }
        return [...weak];
      }""";

  private static final String CHECKED =
      """
      async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }))
        .violations.map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).join(' | '))""";

  private static final String AXE = resource("/axe.min.js");
  private static final List<String> LANGUAGES = List.of("zh-CN", "en");

  /** As most have it: a Chinese phone in the sun. */
  static Look usual(String path) {
    return new Look(path, "zh-CN", 390, 844, ColorScheme.LIGHT);
  }

  /** In every language, on every size, by day and by night. */
  static Stream<Look> all(String path) {
    return LANGUAGES.stream()
        .flatMap(
            language ->
                Stream.of(
                    new Look(path, language, 390, 844, ColorScheme.LIGHT),
                    new Look(path, language, 320, 640, ColorScheme.LIGHT),
                    new Look(path, language, 800, 480, ColorScheme.LIGHT)))
        .flatMap(look -> Stream.of(look, look.byNight()));
  }

  Look byNight() {
    return new Look(path, language, width, height, ColorScheme.DARK);
  }

  /** That it fits, can be read and tapped, and asks nobody else; its picture is kept. */
  void check(Browsers browsers, int port) {
    try (var context = browsers.phone(language, width, height)) {
      check(browsers, context, port);
    }
  }

  /** The same on a phone that somebody has in hand already; the page is left open. */
  Page check(Browsers browsers, BrowserContext phone, int port) {
    var page = browsers.open(phone, port, path);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    picture(page, name());
    assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
    fits(page);
    assertThat((int) page.evaluate("document.querySelectorAll('*').length")).isLessThan(1000);
    assertThat((List<?>) page.evaluate(SMALL_TARGETS)).isEmpty();
    assertThat((List<?>) page.evaluate(WEAK_TEXT)).isEmpty();
    // The tabs stand over what can be scrolled from under them: all of it is looked at.
    page.setViewportSize(width, (int) page.evaluate("document.documentElement.scrollHeight"));
    page.evaluate(AXE);
    assertThat((List<?>) page.evaluate(CHECKED)).isEmpty();
    assertThat(browsers.problems()).isEmpty();
    return page;
  }

  /** Nothing of a page lies beside what is seen of it. */
  static void fits(Page page) {
    assertThat(page.evaluate(HIDDEN_BESIDE)).isEqualTo(0);
  }

  /** Keeps how it looks, in {@code target/screens}. */
  static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target/screens/%s.png".formatted(name))));
  }

  private String name() {
    return "%s-%s-%d-%s"
        .formatted(path, language, width, scheme.name().toLowerCase(Locale.ROOT))
        .replaceAll("[^a-zA-Z0-9-]+", "_");
  }

  private static String resource(String name) {
    try (var in = com.deque.html.axecore.playwright.AxeBuilder.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
