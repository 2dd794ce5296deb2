package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Value;

/**
 * What an open page does when its stream ends, with or without a word, in Debian's Chromium. The
 * browser's clock is turned by hand; the wire is a proxy that can be cut or go deaf.
 */
class LostLinkTest {

  private static Browsers browsers;

  private final Street street = Street.demo();
  private PageServer server;
  private Wire wire;

  @BeforeAll
  static void openBrowser() {
    browsers = new Browsers();
  }

  @AfterAll
  static void closeBrowser() {
    browsers.close();
  }

  @BeforeEach
  void serve() throws Exception {
    server = Pages.of(street).server();
    server.start();
    wire = new Wire(server.port());
  }

  @AfterEach
  void stop() throws Exception {
    wire.close();
    server.close();
  }

  /** As iOS leaves it: the socket is open, no error is raised, and nothing comes any more. */
  @Test
  void aStreamThatFallsSilentLooksLostAfterTwelveSecondsAndIsOpenedAgainAfterTwenty() {
    try (var context = browsers.phone("zh-CN", 390, 844)) {
      var page = open(context.newPage());
      wire.goDeaf("/events");
      street.says("bin-1", "fill", new Value.Num(.41));

      page.clock().runFor(11_000);
      assertThat(page.locator("html.lost").count()).isZero();
      page.clock().runFor(2_000);
      page.locator("html.lost").waitFor();
      assertThat(page.locator("#link").innerText().strip()).isEqualTo("连接断开");
      assertThat(page.locator("#a-bin-1").innerText()).contains("34%");

      page.clock().runFor(6_000);
      assertThat(wire.opened("/events")).as("streams so far").isOne();
      page.clock().runFor(2_000);
      page.locator("html.live").waitFor();
      text(page, "41%");
      assertThat(wire.opened("/events")).isEqualTo(2);
    }
  }

  @Test
  void aStreamThatIsCutIsOpenedAgainAndNothingIsMissed() {
    try (var context = browsers.phone("zh-CN", 390, 844)) {
      var page = open(context.newPage());
      wire.cut();
      street.says("bin-1", "fill", new Value.Num(.41));
      // The browser's own wait of two seconds is not by the page's clock.
      text(page, "41%");
      assertThat(page.locator("html.lost").count()).isZero();
    }
  }

  @Test
  void theSeventeenthPageMakesTheOldestAskEveryTenSeconds() throws Exception {
    try (var context = browsers.phone("zh-CN", 390, 844)) {
      var page = open(context.newPage());
      var others = new ArrayList<EventLines>();
      for (int i = 0; i < Feeds.MOST; i++) {
        others.add(EventLines.open(server.port(), "rev="));
      }
      street.says("bin-1", "fill", new Value.Num(.41));
      wire.awaitTold("event: bye");
      page.clock().runFor(2_000);
      text(page, "41%", 4_000); // the first time at once, before it looks lost
      street.says("bin-1", "fill", new Value.Num(.52));
      page.clock().runFor(5_000); // the page's clock runs by itself as well: four seconds to spare
      assertThat(page.locator("#a-bin-1").innerText()).contains("41%");
      page.clock().runFor(6_000);
      text(page, "52%");
      assertThat(page.locator("html.live").count()).isOne();
      assertThat(wire.opened("/events")).as("no stream again").isOne();
      others.forEach(EventLines::close);
    }
  }

  @Test
  void aPageThatNobodySeesHasNoStreamAndIsFreshWhenItIsSeenAgain() throws Exception {
    try (var context = browsers.phone("zh-CN", 390, 844)) {
      var page = open(context.newPage());
      turned(page, true);
      wire.awaitClosed("/events");
      street.says("bin-1", "fill", new Value.Num(.41));
      page.clock().runFor(60_000);
      assertThat(page.locator("html.lost").count()).as("looks lost to nobody").isZero();
      turned(page, false);
      text(page, "41%");
      assertThat(wire.opened("/events")).isEqualTo(2);
    }
  }

  private Page open(Page page) {
    page.clock().install();
    page.navigate("http://127.0.0.1:" + wire.port() + "/");
    page.locator("html.live").waitFor();
    return page;
  }

  private static void turned(Page page, boolean isHidden) {
    page.evaluate(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
            + " document.dispatchEvent(new Event('visibilitychange')); }",
        isHidden);
  }

  private static void text(Page page, String text) {
    text(page, text, 10_000);
  }

  private static void text(Page page, String text, double within) {
    page.locator("#a-bin-1", new Page.LocatorOptions().setHasText(text))
        .waitFor(new Locator.WaitForOptions().setTimeout(within));
  }
}
