package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.microsoft.playwright.Browser;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Command;

/** What holds in Debian's Chromium without a script of ours, and against one of somebody else's. */
class PlainBrowserTest {

  private static Browsers browsers;

  @BeforeAll
  static void open() {
    browsers = new Browsers();
  }

  @AfterAll
  static void close() {
    browsers.close();
  }

  @Test
  void withoutJavaScriptAFormWaitsForTheLoginAndIsThenDoneOnce() throws Exception {
    var street = Street.troubled();
    var crew = new Crew(street);
    var cabinet = new Cabinet();
    try (var server = server(street, crew, cabinet);
        var context =
            browsers.phone(
                new Browser.NewContextOptions()
                    .setJavaScriptEnabled(false)
                    .setLocale("zh-CN")
                    .setViewportSize(390, 844))) {
      server.start();
      var page = browsers.open(context, server.port(), "/login");
      page.locator("#worker").fill("4711");
      page.locator("#code").fill(Cabinet.code(Role.CREW, "4711"));
      page.locator("form[action='/login'] button").click();

      page.navigate(page.url() + "do/ack?of=bin-2/bin-overflow");
      page.locator("input[value=going]").check();
      cabinet.passes(Duration.ofMinutes(31));
      page.locator("form button").click();
      assertThat(page.locator("#trouble").innerText()).contains("已填写的内容会保留");
      assertThat(crew.asked()).isEmpty();

      page.locator("#worker").fill("4711");
      page.locator("#code").fill(Cabinet.code(Role.CREW, "4711"));
      page.locator("form[action='/login'] button").click();
      page.locator("form[action='/do/ack'] button").click();
      assertThat(page.locator("#notice").innerText()).isNotBlank();
      assertThat(crew.asked())
          .extracting(Command::op, Command::point, Command::by, Command::reason)
          .containsExactly(tuple("ack", "bin-2/bin-overflow", "crew:4711", "going"));
    }
  }

  /** The browser asks again by itself, and then whoever holds it does. */
  @Test
  void whatIsDoneThoughItsAnswerIsLostIsDoneOnce() throws Exception {
    var street = Street.troubled();
    var crew = new Crew(street);
    try (var server = server(street, crew, new Cabinet())) {
      server.start();
      try (var wire = new Wire(server.port());
          var context = browsers.phone("zh-CN", 390, 844)) {
        var page = browsers.open(context, wire.port(), "/login");
        page.locator("#worker").fill("4711");
        page.locator("#code").fill(Cabinet.code(Role.CREW, "4711"));
        page.locator("form[action='/login'] button").click();
        page.navigate(
            "http://127.0.0.1:" + wire.port() + "/do/ack?of=bin-2/bin-overflow&next=/alarms");
        page.locator("input[value=going]").check();
        wire.losesAnswersTo("POST /do/ack");
        page.locator("form button").click();
        page.locator("#main-frame-error").waitFor(); // Chromium's own page
        assertThat(crew.asked()).hasSize(1);

        wire.losesAnswersTo("");
        page.reload();
        assertThat(page.locator("#notice").innerText()).contains("已完成");
        assertThat(wire.passed("POST /do/ack ")).isGreaterThan(1);
        assertThat(crew.asked())
            .extracting(Command::op, Command::point)
            .containsExactly(tuple("ack", "bin-2/bin-overflow"));
      }
    }
  }

  @Test
  void nothingThatANameSaysIsEverRun() throws Exception {
    var word = HostileNamesTest.WORDS.getFirst();
    try (var server = HostileNamesTest.server(HostileNamesTest.street(word), word);
        var context = browsers.phone("zh-CN", 390, 844)) {
      server.start();
      context.addInitScript("window.pwn = () => { window.pwned = true }");
      var page = browsers.open(context, server.port(), "/login");
      for (var path : List.of("/", "/alarms", "/alarms?show=week", "/a/odd", "/work", "/gateway")) {
        page.navigate("http://127.0.0.1:" + server.port() + path);
        assertThat(page.evaluate("window.pwned")).as(path).isNull();
      }
      // A login that was asked for is one; the other test's browser says so.
      assertThat(browsers.problems()).allMatch(told -> told.contains("401 (Unauthorized)"));
    }
  }

  private static PageServer server(Street street, Crew crew, Cabinet cabinet) {
    return Pages.of(street).crew(crew).access(cabinet.access()).server();
  }
}
