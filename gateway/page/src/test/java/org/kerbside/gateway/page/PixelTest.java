package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.gateway.model.Value;

/**
 * How long it takes from what a sensor says to the pixel, in Debian's Chromium with seven more
 * pages open: on a street where something changes all the time, so that most changes wait for the
 * half a second that a page is given between two patches. Longer by {@code --long pixel --n 600}.
 */
@Timeout(1200)
class PixelTest {

  private static final long BETWEEN = 130; // ms, no part of a second
  private static final double TARGET = 1000; // ms, page.md's p95

  /** Notes when each card was painted with which text. */
  private static final String WATCH =
      """
      () => {
        window.painted = {};
        new MutationObserver(changes => requestAnimationFrame(() => {
          for (const change of changes) for (const node of change.addedNodes)
            if (node.id) window.painted[node.id + ' ' + node.querySelector('.figures')?.textContent.trim()] ??= Date.now();
        })).observe(document.body, { childList: true, subtree: true });
      }""";

  private final Street street = Street.demo();

  @Test
  @Tag("pixel")
  void aChangeIsOnTheScreenWithinASecond() throws Exception {
    int samples = Integer.getInteger("kerbside.n", 30);
    for (int i = 0; i < samples; i++) {
      street.addGeneric("g-" + i, "g " + i, Street.number("level", "/", 1));
      street.says("g-" + i, "level", new Value.Num(0));
    }
    var others = new ArrayList<EventLines>();
    try (var browsers = new Browsers();
        var server = Pages.of(street).server()) {
      server.start();
      for (int i = 0; i < 7; i++) {
        var other = EventLines.open(server.port(), "rev=");
        others.add(other);
        Thread.startVirtualThread(() -> other.next("bye"));
      }
      try (var context = browsers.phone("zh-CN", 390, 844)) {
        var page = browsers.open(context, server.port(), "/");
        page.locator("html.live").waitFor();
        page.evaluate(WATCH);
        var said = new ArrayList<Long>();
        for (int i = 0; i < samples; i++) {
          TimeUnit.MILLISECONDS.sleep(BETWEEN);
          said.add(System.currentTimeMillis());
          street.says("g-" + i, "level", new Value.Num(.5));
        }
        page.waitForCondition(
            () ->
                (int) page.evaluate("Object.keys(painted).filter(k => k.includes('50')).length")
                    >= samples);
        var painted = (Map<?, ?>) page.evaluate("painted");
        var took = new ArrayList<Double>();
        for (int i = 0; i < samples; i++) {
          took.add(at(painted, "a-g-" + i + " ") - said.get(i));
        }
        Collections.sort(took);
        System.out.printf(
            "sensor to pixel, %d changes: p50 %.0f, p95 %.0f, max %.0f ms%n",
            samples, percentile(took, 50), percentile(took, 95), percentile(took, 100));
        assertThat(percentile(took, 95)).isLessThan(TARGET);
      }
    }
    others.forEach(EventLines::close);
  }

  private static double at(Map<?, ?> painted, String card) {
    return painted.entrySet().stream()
        .filter(one -> one.getKey().toString().startsWith(card))
        .mapToDouble(one -> ((Number) one.getValue()).doubleValue())
        .findFirst()
        .orElseThrow();
  }

  private static double percentile(List<Double> sorted, double percent) {
    return sorted.get((int) Math.max(0, Math.ceil(percent / 100 * sorted.size()) - 1));
  }
}
