package org.kerbside.gateway.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, and what no page of ours may do in it. */
final class Browsers implements AutoCloseable {

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(Path.of("/usr/bin/chromium"))
                  .setArgs(
                      List.of(
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync",
                          "--no-first-run")));
  private final List<String> problems = new ArrayList<>();

  BrowserContext phone(String language, int width, int height) {
    return phone(
        new Browser.NewContextOptions().setLocale(language).setViewportSize(width, height));
  }

  /** Another phone: what others did is forgotten. */
  BrowserContext phone(Browser.NewContextOptions options) {
    problems.clear();
    var context = browser.newContext(options);
    context.setDefaultTimeout(10_000);
    return context;
  }

  /** Opens a page and notes whatever it must not do: ask another host, break its policy, throw. */
  Page open(BrowserContext context, int port, String path) {
    var page = context.newPage();
    var origin = "http://127.0.0.1:" + port;
    page.onRequest(
        request -> {
          if (!request.url().startsWith(origin + "/")) {
            problems.add("asked " + request.url());
          }
        });
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            problems.add(message.text());
          }
        });
    page.onPageError(problems::add);
    page.navigate(origin + path);
    return page;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
