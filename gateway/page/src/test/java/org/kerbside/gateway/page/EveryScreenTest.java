package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.gateway.model.Checkup;
import org.kerbside.gateway.model.Chronicle;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Fitter;
import org.kerbside.gateway.model.History;
import org.kerbside.gateway.model.Machine;
import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.PointId;

/** Every screen in Debian's Chromium: that it fits, that it can be read and tapped. */
class EveryScreenTest {

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

  private static final String AXE =
      """
      async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
        .violations.map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).join(' | '))""";

  private static final Street STREET = Street.troubled();
  private static Browsers browsers;
  private static PageServer server;
  private static String axe;

  @BeforeAll
  static void open() throws Exception {
    axe = resource("/axe.min.js");
    STREET.work("stall-3", 90);
    browsers = new Browsers();
    server =
        new PageServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Shown(
                STREET,
                EveryScreenTest::past,
                List::of,
                EveryScreenTest::pages,
                machine(),
                Checkup.NONE,
                new Crew(STREET),
                Fitter.CLOSED),
            new PageSettings(
                Language.ZH,
                "12345",
                Origin.FIELD,
                new AccessPoint("KERBSIDE-0173", "7K4Q-M2XD-9TPW", "10.73.1.1")),
            new Cabinet().access());
    server.start();
  }

  @AfterAll
  static void close() {
    browsers.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/alarms",
        "/alarms?show=week",
        "/a/bin-2",
        "/a/stall-5",
        "/a/lamp-5?span=7d",
        "/a/zone-1?point=flow&span=1h",
        "/work",
        "/gateway",
        "/public",
        "/login",
        "/?portal=1",
        "/do/ack?of=bin-2/bin-overflow",
        "/do/shelve?of=bin-2/bin-overflow",
        "/do/maintenance?of=stall-1",
        "/do/emptied?of=bin-2",
        "/do/test?of=lamp-1/on",
        "/commission/bin-2",
        "/commission/bin-2?step=mount",
        "/commission/bin-2?step=far&height=120&full=30",
        "/commission/bin-2?step=near&height=120&full=30&far=1.18",
        "/commission/bin-2?step=walk&height=120&full=30&far=1.18&near=50&seen=0.49",
        "/commission/bin-2?step=record&height=120&full=30&far=1.18&near=50&seen=0.49&since=1",
      })
  void canBeReadAndTappedOnAPhone(String path) {
    check(path, "zh-CN", 390, 844, ColorScheme.LIGHT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/alarms", "/a/bin-2", "/work", "/gateway", "/public"})
  void canBeReadByNightInEnglishOnTheSmallestPhone(String path) {
    check(path, "en", 320, 640, ColorScheme.DARK);
  }

  @Test
  void aCloserLookAtAPastIsDrawnInTheBrowserFromOurOwnFiles() {
    try (var context = browsers.phone("zh-CN", 390, 844)) {
      var page = browsers.open(context, server.port(), "/a/bin-2");
      page.locator("[data-detail]").click();
      page.locator(".detail canvas").waitFor();
      picture(page, "detail");
      assertThat(page.evaluate(BrowserTest.NOTHING_HIDDEN_BESIDE)).isEqualTo(0);
      assertThat(browsers.problems()).isEmpty();
    }
  }

  @Test
  void theLabelCanBeReadAndComesOutAloneWhenPrinted() throws Exception {
    try (var installer = new Phone(server);
        var context = browsers.phone("zh-CN", 390, 844)) {
      installer.login(Role.INSTALLER, "4711");
      context.setExtraHTTPHeaders(Map.of("Cookie", String.valueOf(installer.cookie())));
      check(context, "/label", 390, ColorScheme.LIGHT);
      var page = context.pages().getLast();
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      picture(page, "label-printed");
      assertThat(
              page.evaluate(
                  "[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.label') && !e.querySelector('.label') && e.getBoundingClientRect().height).map(e => e.tagName)"))
          .isEqualTo(List.of());
    }
  }

  @Test
  void whatAPhoneLoadsIsSmall() throws Exception {
    int first = packed("/") + packed(Files.LIVE.path());
    int past =
        packed("/a/bin-2")
            + packed(Files.LIVE.path())
            + packed(Files.DETAIL.path())
            + packed(Files.UPLOT.path())
            + packed(Files.UPLOT_STYLE.path());
    System.out.printf("first load %,d bytes, a past looked into %,d, both packed%n", first, past);
    assertThat(first).isLessThan(15 * 1024);
    assertThat(past).isLessThan(60 * 1024);
  }

  private static int packed(String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder()
              .uri(URI.create("http://127.0.0.1:" + server.port() + path))
              .header("Accept-Encoding", "gzip")
              .build();
      var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
      return answer.body().length;
    }
  }

  @Test
  void nothingScrollsInTheCabinet() {
    try (var context = browsers.phone("zh-CN", 800, 480)) {
      var page = browsers.open(context, server.port(), "/kiosk");
      picture(page, "kiosk");
      assertThat(
              page.evaluate(
                  "[document.documentElement, document.querySelector('main')]"
                      + ".every(e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth)"))
          .isEqualTo(true);
    }
  }

  private static void check(String path, String language, int width, int height, ColorScheme look) {
    try (var context = browsers.phone(language, width, height)) {
      check(context, path, width, look);
    }
  }

  private static void check(BrowserContext context, String path, int width, ColorScheme look) {
    var page = browsers.open(context, server.port(), path);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look));
    var language = page.locator("html").getAttribute("lang");
    picture(page, (path + "-" + language + "-" + look).replaceAll("[^a-zA-Z0-9-]+", "_"));
    assertThat(page.evaluate(BrowserTest.NOTHING_HIDDEN_BESIDE)).isEqualTo(0);
    assertThat((int) page.evaluate("document.querySelectorAll('*').length")).isLessThan(1000);
    assertThat((List<?>) page.evaluate(BrowserTest.SMALL_TARGETS)).isEmpty();
    assertThat((List<?>) page.evaluate(WEAK_TEXT)).isEmpty();
    // The tabs stand over what can be scrolled from under them: all of it is looked at.
    page.setViewportSize(width, (int) page.evaluate("document.documentElement.scrollHeight"));
    page.evaluate(axe);
    assertThat((List<?>) page.evaluate(AXE)).isEmpty();
    assertThat(browsers.problems()).isEmpty();
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target/screens/%s.png".formatted(name))));
  }

  private static String resource(String name) throws IOException {
    try (var in = com.deque.html.axecore.playwright.AxeBuilder.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A day with a hole of three hours, which rises towards its end. */
  private static History.Series past(PointId point, Instant from, Instant to, Duration step) {
    var buckets = new ArrayList<History.Bucket>();
    long all = Duration.between(from, to).dividedBy(step);
    for (long i = 1; i < all; i++) {
      if (i < all * 3 / 8 || i > all / 2) {
        double value = .1 + .8 * i / all;
        buckets.add(
            new History.Bucket(
                from.plus(step.multipliedBy(i)),
                3,
                step,
                Duration.ZERO,
                new History.Numbers(value - .04, value + .05, value, value),
                Map.of()));
      }
    }
    return new History.Series(step, buckets);
  }

  private static Chronicle.Pages pages() {
    var events = new ArrayList<Event>();
    for (var alarm : STREET.overview().alarms()) {
      events.add(
          new Event.AlarmChanged(
              alarm.since(), Event.AlarmChanged.Change.RAISED, alarm, null, List.of(), 0));
    }
    events.add(new Event.Audit(Street.ago(70), "emptied", "bin-2", Street.act(0)));
    return new Chronicle.Pages(Street.ago(600), events);
  }

  private static Machine machine() {
    return new Machine() {
      @Override
      public Facts facts() {
        return new Facts(
            "1.4.0",
            42,
            212_000_000,
            512_000_000,
            38_000_000L,
            List.of(new Bus("rs485-a", "modbus", 14, 0), new Bus("lamps", "modbus", 8, 1)),
            List.of(new Sink("wecom", 120, 0, null)));
      }

      @Override
      public List<Fitting> fittings(String asset) {
        return List.of(
            new Fitting(
                "ultrasonic-485", "rs485-a/32", Instant.parse("2026-05-02T02:00:00Z"), "4711"));
      }
    };
  }
}
