package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Value;

/** The page as crews see it, in Debian's Chromium. */
class BrowserTest {

  private static Browsers browsers;

  private final Street street = Street.troubled();
  private PageServer server;

  @BeforeAll
  static void openBrowser() {
    browsers = new Browsers();
  }

  @AfterAll
  static void closeBrowser() {
    browsers.close();
  }

  @BeforeEach
  void serve() throws PageException {
    server = Pages.of(street).server();
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void showsAChangeWithinTwoSecondsAndThatTheLinkIsLive() {
    try (var context = phone("zh-CN", 390, 844)) {
      var page = open(context, "/");
      page.locator("html.live").waitFor();
      assertThat(page.locator("#link").innerText().strip()).isEqualTo("实时");
      assertThat(page.locator("#a-bin-1").innerText()).contains("34%");

      street.says("bin-1", "fill", new Value.Num(.41));

      page.waitForCondition(
          () -> page.locator("#a-bin-1").innerText().contains("41%"),
          new Page.WaitForConditionOptions().setTimeout(2000));
      assertThat(browsers.problems()).isEmpty();
    }
  }

  @Test
  void showsTheSameWithoutJavaScript() {
    try (var with = phone("zh-CN", 390, 844);
        var without =
            browsers.phone(
                new Browser.NewContextOptions().setJavaScriptEnabled(false).setLocale("zh-CN"))) {
      var scripted = open(with, "/");
      var plain = open(without, "/");
      assertThat(plain.locator("main").innerText()).isEqualTo(scripted.locator("main").innerText());
      assertThat(plain.locator("#link").innerText().strip()).isEqualTo("截至");
      assertThat(plain.locator("noscript meta[content='10']").count()).isOne();
      assertThat(browsers.problems()).isEmpty();
    }
  }

  @Test
  void looksLostWhenTheGatewayIsGoneAndRecoversByItself() throws PageException {
    try (var context = phone("zh-CN", 390, 844)) {
      var page = open(context, "/");
      page.locator("html.live").waitFor();
      var port = server.port();
      server.close();
      page.locator("html.lost").waitFor(new Locator.WaitForOptions().setTimeout(15_000));
      assertThat(page.locator("#link").innerText().strip()).isEqualTo("连接断开");
      assertThat(page.locator("#a-bin-1").innerText()).contains("34%");

      server =
          new PageServer(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
              Shown.of(street),
              PageSettings.DEFAULTS);
      server.start();
      page.locator("html.live").waitFor(new Locator.WaitForOptions().setTimeout(10_000));
    }
  }

  @Test
  void changesItsLanguageByOneTap() {
    try (var context = phone("zh-CN", 390, 844)) {
      var page = open(context, "/");
      page.locator("a.switch").click();
      assertThat(page.locator("#todo h2").innerText()).contains("Needs action");
      page.navigate("http://127.0.0.1:" + server.port() + "/");
      assertThat(page.locator("#todo h2").innerText()).contains("Needs action");
    }
  }

  private static BrowserContext phone(String language, int width, int height) {
    return browsers.phone(language, width, height);
  }

  private Page open(BrowserContext context, String path) {
    return browsers.open(context, server.port(), path);
  }
}
