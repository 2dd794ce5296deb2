package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.gateway.model.Chronicle;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.History;
import org.kerbside.gateway.model.Machine;
import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.PointId;

/** Every screen in Debian's Chromium: that it fits, that it can be read and tapped. */
class EveryScreenTest {

  private static final List<String> SCREENS =
      List.of(
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
          "/do/note?of=bin-2",
          "/do/test?of=lamp-1/on",
          "/swap/bin-2",
          "/scan/at?at=rs485-a/31&profile=ultrasonic-485&id=bin-3&kind=bin&name=垃圾桶 3",
          "/commission/bin-2",
          "/commission/bin-2?step=mount",
          "/commission/bin-2?step=far&height=120&full=30",
          "/commission/bin-2?step=near&height=120&full=30&far=1.18",
          "/commission/bin-2?step=walk&height=120&full=30&far=1.18&near=50&seen=0.49",
          "/commission/bin-2?step=record&height=120&full=30&far=1.18&near=50&seen=0.49&since=1");

  private static final String PRINTED_BESIDE =
      """
      [...document.querySelectorAll('body *')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height)
        .filter(e => !e.closest('.label') && !e.querySelector('.label'))
        .map(e => e.tagName)""";

  private static final Street STREET = Street.troubled();
  private static Browsers browsers;
  private static PageServer server;

  @BeforeAll
  static void open() throws Exception {
    STREET.work("stall-3", 90);
    browsers = new Browsers();
    server =
        Pages.of(STREET)
            .history(EveryScreenTest::past)
            .chronicle(EveryScreenTest::pages)
            .machine(machine())
            .crew(new Crew(STREET))
            .fitter(new Workshop())
            .settings(
                new PageSettings(
                    Language.ZH,
                    "12345",
                    Origin.FIELD,
                    new AccessPoint("KERBSIDE-0173", "7K4Q-M2XD-9TPW", "10.73.1.1")))
            .access(new Cabinet().access())
            .server();
    server.start();
  }

  @AfterAll
  static void close() {
    browsers.close();
    server.close();
  }

  @ParameterizedTest
  @MethodSource
  void canBeReadAndTapped(Look look) {
    look.check(browsers, server.port());
  }

  /** Every screen as most have it; the two that are looked at most, as everybody has them. */
  static Stream<Look> canBeReadAndTapped() {
    return Stream.concat(
            SCREENS.stream().map(Look::usual), Stream.of("/", "/alarms").flatMap(Look::all))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource
  @Tag("long")
  @Tag("screens")
  void canBeReadAndTappedByEverybody(Look look) {
    look.check(browsers, server.port());
  }

  static Stream<Look> canBeReadAndTappedByEverybody() {
    return SCREENS.stream().flatMap(Look::all);
  }

  /** White on red, whatever its stall shows: not the green of «free», and no white hatch. */
  @Test
  void anEmergencyThatIsOverOrUnheardCanBeRead() throws Exception {
    try (var alarming = Pages.of(Street.alarming()).server()) {
      alarming.start();
      for (var look : List.of(Look.usual("/?alarming"), Look.usual("/a/stall-3?alarming"))) {
        look.check(browsers, alarming.port());
        look.byNight().check(browsers, alarming.port());
      }
    }
  }

  @Test
  void aCloserLookAtAPastIsDrawnInTheBrowserFromOurOwnFiles() {
    try (var context = browsers.phone("zh-CN", 390, 844)) {
      var page = browsers.open(context, server.port(), "/a/bin-2");
      page.locator("[data-detail]").click();
      page.locator(".detail canvas").waitFor();
      Look.picture(page, "detail");
      Look.fits(page);
      assertThat(browsers.problems()).isEmpty();
    }
  }

  /** Where nothing was heard there is a hatch, and no line leads across. */
  @Test
  void aGapIsDrawnAsAGap() throws IOException {
    try (var context = browsers.phone("zh-CN", 390, 844)) {
      var past = browsers.open(context, server.port(), "/a/bin-2").locator("svg.past");
      assertThat(past.locator(".run").count()).isEqualTo(2);
      var whole = past.boundingBox();
      var gap = past.locator(".gap").last().boundingBox(); // the first is before the first reading
      assertThat(gap.width).isGreaterThan(whole.width / 10);
      var drawn = ImageIO.read(new ByteArrayInputStream(past.screenshot()));
      int from = (int) Math.ceil(gap.x - whole.x) + 3;
      int to = (int) (gap.x - whole.x + gap.width) - 3;
      assertThat(dark(drawn, from, to)).as("of the line").isZero();
      assertThat(dark(drawn, 0, from)).isGreaterThan(50);
      assertThat(dark(drawn, to, drawn.getWidth())).isGreaterThan(50);
    }
  }

  /** Pixels as dark as the line; the hatch is grey, and limits are red. */
  private static long dark(BufferedImage drawn, int from, int to) {
    return IntStream.range(from, to)
        .boxed()
        .flatMap(x -> IntStream.range(2, drawn.getHeight() - 2).mapToObj(y -> drawn.getRGB(x, y)))
        .map(Color::new)
        .filter(seen -> Math.max(seen.getRed(), Math.max(seen.getGreen(), seen.getBlue())) < 80)
        .count();
  }

  @Test
  void whatWasFoundOnABusAndInAPhotoCanBeReadAndTapped() throws Exception {
    try (var installer = new Phone(server);
        var context = browsers.phone("zh-CN", 390, 844)) {
      installer.login(Role.INSTALLER, "4711");
      context.setExtraHTTPHeaders(Map.of("Cookie", String.valueOf(installer.cookie())));
      var page = Look.usual("/scan").check(browsers, context, server.port());
      page.locator("#photo")
          .setInputFiles(new FilePayload("label.jpg", "image/jpeg", Photos.of("lamp-1")));
      page.locator("form[action='/scan/label'] button").click();
      page.locator("a[href='/commission/lamp-1']").waitFor();
      Look.picture(page, "label-read");
      Look.fits(page);
      page.locator("form:has([value=rs485-a]) [name=few]").click();
      page.getByText("32/32").waitFor();
      page = Look.usual("/scan").check(browsers, context, server.port());
      var large = new byte[(int) ScanPages.LARGEST];
      page.locator("#photo").setInputFiles(new FilePayload("large.jpg", "image/jpeg", large));
      page.locator("form[action='/scan/label'] button").click();
      page.getByText("照片超过 8 MB").waitFor();
    }
  }

  @Test
  void aClockThatKnowsNothingIsSetByThePhonesOwn() throws Exception {
    var street = Street.demo();
    street.clock(ClockQuality.NONE);
    var cabinet = new Cabinet();
    var hand = new Hand(street);
    try (var lost = Pages.of(street).clock(hand).access(cabinet.access()).server()) {
      lost.start();
      try (var installer = new Phone(lost);
          var context = browsers.phone("zh-CN", 390, 844)) {
        installer.login(Role.INSTALLER, "7002");
        context.setExtraHTTPHeaders(Map.of("Cookie", String.valueOf(installer.cookie())));
        Look.usual("/gateway").check(browsers, context, lost.port());
        var page = Look.usual("/clock").check(browsers, context, lost.port());
        assertThat(page.locator("#local").isVisible()).isFalse();
        page.locator("form[action='/clock'] button").click();
        page.waitForURL("**/gateway");
        assertThat(hand.said()).hasSize(1);
        assertThat(Duration.between(hand.said().getFirst(), Instant.now()).abs())
            .isLessThan(Duration.ofMinutes(1));
      }
    }
  }

  /** Its blocks scroll by themselves, and its tables break. */
  @Test
  void theManualFitsAPhone() {
    try (var context = browsers.phone("zh-CN", 360, 640)) {
      for (var path : List.of("/docs", "/docs/codes", "/docs/kinds/bin", "/docs/metrics")) {
        Look.fits(browsers.open(context, server.port(), path));
      }
      assertThat(browsers.problems()).isEmpty();
    }
  }

  /** Whoever sees fewer colours, or none, tells every state from every other by its shape. */
  @ParameterizedTest
  @ValueSource(strings = {"achromatopsia", "deuteranopia"})
  void noStateIsToldByColourAlone(String sight) throws IOException {
    try (var context = browsers.phone("zh-CN", 390, 844)) {
      var page = browsers.open(context, server.port(), "/");
      var devtools = context.newCDPSession(page);
      var vision = new JsonObject();
      vision.addProperty("type", sight);
      devtools.send("Emulation.setEmulatedVisionDeficiency", vision);
      Look.picture(page, sight);
      var words = new ArrayList<String>();
      var shapes = new ArrayList<String>();
      for (var row : page.locator("#todo .task").all()) {
        words.add(row.locator(".badge").first().innerText().strip());
        shapes.add(
            row.locator("use").first().getAttribute("href")
                + row.evaluate("e => getComputedStyle(e).border.split(' rgb')[0]")
                + (brightness(row.screenshot()) < .5 ? " inverted" : ""));
      }
      assertThat(words).hasSizeGreaterThan(4).doesNotContain("").doesNotHaveDuplicates();
      assertThat(shapes).doesNotHaveDuplicates();
    }
  }

  /** Of the ground beside what is written there: 0 is black. */
  private static double brightness(byte[] picture) throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(picture));
    var colour = new Color(image.getRGB(image.getWidth() / 2, image.getHeight() - 8));
    return (.2126 * colour.getRed() + .7152 * colour.getGreen() + .0722 * colour.getBlue()) / 255;
  }

  @Test
  void theLabelCanBeReadAndComesOutAloneWhenPrinted() throws Exception {
    try (var installer = new Phone(server);
        var context = browsers.phone("zh-CN", 390, 844)) {
      installer.login(Role.INSTALLER, "4711");
      context.setExtraHTTPHeaders(Map.of("Cookie", String.valueOf(installer.cookie())));
      var page = Look.usual("/label").check(browsers, context, server.port());
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      Look.picture(page, "label-printed");
      assertThat((List<?>) page.evaluate(PRINTED_BESIDE)).isEmpty();
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
      Look.picture(page, "kiosk");
      assertThat(
              page.evaluate(
                  "[document.documentElement, document.querySelector('main')]"
                      + ".every(e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth)"))
          .isEqualTo(true);
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
