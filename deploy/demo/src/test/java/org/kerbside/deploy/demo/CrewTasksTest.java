package org.kerbside.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;

/** What a crew does beside the cabinet, tapped through in a real browser, up to the city. */
@NeedsPeer({"mosquitto_sub", "coap-client-notls", "chromium"})
@Timeout(180)
class CrewTasksTest {

  @TempDir private static Path temporary;
  private static DemoProcess demo;
  private static City city;
  private static Playwright playwright;
  private static Browser browser;

  private BrowserContext phone;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    demo = DemoProcess.run(temporary, "--speed", "20", "--from", "08:06");
    city = City.at(demo.ports().mqtt());
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));
  }

  @AfterAll
  static void stop() {
    browser.close();
    playwright.close();
    city.close();
    demo.close();
  }

  @BeforeEach
  void open() {
    phone =
        browser.newContext(
            new Browser.NewContextOptions().setLocale("zh-CN").setViewportSize(390, 844));
    phone.setDefaultTimeout(60_000);
    page = phone.newPage();
    page.navigate("http://127.0.0.1:" + demo.ports().page() + "/");
  }

  @AfterEach
  void close() {
    phone.close();
  }

  @Test
  void anOverflowIsAcknowledgedFromItsRowThoughNobodyWasLoggedIn() throws Exception {
    page.locator("#todo .task", has("垃圾桶 2 满溢")).locator(".act").click();
    page.getByText("我去处理").click();
    shot("ack-1-sheet");
    button("确认告警");
    logIn();
    button("提交");
    assertThat(page.locator("#notice").innerText()).contains("已完成");
    shot("ack-2-done");
    assertThat(city.await("e", text -> text.contains("\"change\":\"acknowledged\"")))
        .contains("bin-2/bin-overflow", "\"by\":\"crew:4711\"");
    page.navigate("http://127.0.0.1:" + demo.ports().page() + "/alarms?show=acked");
    assertThat(page.locator("#rows").innerText()).contains("垃圾桶 2 满溢", "已确认 crew:4711");
  }

  @Test
  void aBinIsMarkedEmptied() throws Exception {
    page.locator("#a-bin-1 h3 a").click();
    page.locator("#actions").getByText("已清运").click();
    button("已清运");
    logIn();
    button("提交");
    assertThat(page.locator("#notice").innerText()).contains("已完成");
    page.locator("#log", has("已清运 · crew:4711")).waitFor();
    shot("emptied");
    assertThat(city.await("e", text -> text.contains("\"what\":\"emptied\"")))
        .contains("\"subject\":\"bin-1\"", "\"by\":\"crew:4711\"");
  }

  @Test
  void aStallIsPutIntoMaintenanceAndTakenOutOfIt() throws Exception {
    page.locator("#nav").getByText("维护").click();
    page.locator("#maintenance")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("女 1"))
        .click();
    page.getByText("清洗").click();
    button("维护模式");
    logIn();
    button("提交");
    page.locator("article.m-maintenance").waitFor();
    shot("maintenance");
    city.await("a/f1", text -> text.contains("\"mode\":\"maintenance\""));
    page.locator("#actions").getByText("结束维护").click();
    button("结束维护");
    page.locator("article:not(.m-maintenance)").waitFor();
    city.await("a/f1", text -> text.contains("\"mode\":\"auto\""));
  }

  @Test
  void aLampIsTestedByAHeldButtonAndAShortPressMovesNothing() throws Exception {
    logInFirst();
    page.locator("#nav").getByText("维护").click();
    page.locator("#tests").getByText("路灯 1 调光").click();
    page.locator("[data-hold]").click();
    shot("test-1-sheet");
    assertThat(page.url()).contains("/do/test");
    assertThat(city.on("a/lamp-1").stream().filter(text -> text.contains("crew:4711"))).isEmpty();
    page.locator("[data-hold]").click(new Locator.ClickOptions().setDelay(1200));
    page.locator("#notice").waitFor();
    assertThat(page.locator("#notice").innerText()).contains("已完成");
    shot("test-2-done");
    city.await("a/lamp-1", text -> text.contains("\"by\":\"crew:4711\""));
  }

  @Test
  void aBinsSensorIsCommissionedByTwoKnownPointsOfATape() throws Exception {
    page.locator("#nav").getByText("维护").click();
    page.locator("#installs")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("垃圾桶 3"))
        .click();
    button("下一步");
    page.locator("#height").fill("120");
    page.locator("#full").fill("30");
    button("下一步");
    page.waitForURL(Pattern.compile("asked="));
    post(1.19);
    shown("1,190 mm");
    button("记录");
    post(.51);
    shown("510 mm");
    page.locator("#near").fill("50");
    button("记录");
    page.waitForURL(Pattern.compile("since="));
    post(.8);
    shot("commission-0-walk");
    page.getByText("平台已收到").waitFor(new Locator.WaitForOptions().setTimeout(20_000));
    shot("commission-1-walk");
    button("下一步");
    assertThat(page.locator("dl").innerText()).contains("119.0cm", "31.6cm", "× 0.971 +2.4 cm");
    shot("commission-2-record");
    button("保存");
    logIn("as an installer ([0-9]{6})");
    button("提交");
    page.locator("#log", has("已验收")).waitFor();
    shot("commission-3-done");
    assertThat(city.await("e", text -> text.contains("\"what\":\"commissioned\"")))
        .contains("bin-3", "0.9714");
    assertThat(city.await("e", text -> text.contains("\"what\":\"calibrated\"")))
        .contains("119.0cm", "31.6cm");
  }

  /** In a street of its own: that a sensor is lost shows after the better part of an hour. */
  @Test
  void whyAStallsDataIsStaleIsFoundInThreeTaps(@TempDir Path folder) throws Exception {
    try (var lost = DemoProcess.run(folder, "--speed", "240", "--from", "08:06")) {
      page.navigate("http://127.0.0.1:" + lost.ports().page() + "/");
      var row = page.locator("#todo .task", has("男 3 设备失联"));
      row.waitFor();
      shot("stale-1-site");
      row.locator("strong a").click();
      assertThat(page.locator("article").first().innerText()).contains("离线", "末次");
      assertThat(page.locator("#facts").innerText())
          .contains("占用 离线", "device-silent", "sim/m3"); // why, by which rule, and where it hangs
      shot("stale-2-asset");
      page.locator("#actions").getByText("处理方法：男 3 设备失联").click();
      assertThat(page.locator("main").innerText()).contains("设备失联");
      shot("stale-3-remedy");
      page.goBack();
      page.locator("#nav").getByText("网关").click();
      assertThat(page.locator("#buses").innerText()).contains("21/22");
      shot("stale-4-bus");
    }
  }

  /** Says a distance as the third bin's own sensor, by CoAP. */
  private static void post(double metres) throws Exception {
    var pack = "[{\"n\":\"distance\",\"u\":\"m\",\"v\":%s}]".formatted(metres);
    var address = "coap://127.0.0.1:%d/s/bin-3".formatted(demo.ports().coap());
    var ended =
        Peer.run("coap-client-notls", List.of("-m", "post", "-t", "110", "-e", pack, address));
    assertThat(ended.exit()).describedAs(ended.output()).isZero();
  }

  /** Loads the step again until it shows that. */
  private void shown(String value) throws Exception {
    Await.until(
        value,
        () -> {
          page.reload();
          return page.locator("dl").innerText().contains(value);
        });
  }

  private void logInFirst() {
    page.navigate("http://127.0.0.1:" + demo.ports().page() + "/login");
    logIn();
  }

  private void logIn() {
    logIn("worker 4711, job code ([0-9]{6})");
  }

  private void logIn(String where) {
    var code = Pattern.compile(where).matcher(demo.said());
    assertThat(code.find()).isTrue();
    page.locator("#worker").fill("4711");
    page.locator("#code").fill(code.group(1));
    button("登录");
  }

  private void button(String word) {
    page.locator("button").getByText(word).click();
  }

  private static Page.LocatorOptions has(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private void shot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screens/%s.png".formatted(name))));
  }
}
