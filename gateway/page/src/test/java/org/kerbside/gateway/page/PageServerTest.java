package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.Origin;

@Timeout(30)
class PageServerTest {

  private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
  private static final Pattern SCRIPT = Pattern.compile("<script src=\"([^\"]+)\"");

  private final Street street = Street.troubled();
  private final PageServer server = serverAt(0, street);
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void serve() throws PageException {
    server.start();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void showsTheSiteWithNothingFromOutside() throws Exception {
    var html = get("/").body();
    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .contains("人民公园 3 号公厕")
        .contains("垃圾桶 2 满溢 96%")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain(" style=")
        .doesNotContainPattern(" on\\w+=");
  }

  @Test
  void itsPolicyNamesTheOneStyleByItsHash() throws Exception {
    var response = get("/");
    var style = STYLE.matcher(response.body()).results().findFirst().orElseThrow().group(1);
    var hash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(style.getBytes(StandardCharsets.UTF_8)));
    assertThat(header(response, "Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-"
                + hash
                + "'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
                + " frame-ancestors 'none'");
  }

  @ParameterizedTest
  @CsvSource({"/, 200", "/healthz, 200", "/favicon.ico, 204", "/nothing-here, 404"})
  void everyAnswerIsGuarded(String path, int status) throws Exception {
    var response = get(path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(header(response, "Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(response, "Referrer-Policy")).isEqualTo("same-origin");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(response, "Permissions-Policy")).startsWith("camera=()");
    assertThat(header(response, "Server")).isEmpty();
  }

  @Test
  void theScriptMayBeKeptSinceItsNameChangesWithIt() throws Exception {
    var path = SCRIPT.matcher(get("/").body()).results().findFirst().orElseThrow().group(1);
    assertThat(path).matches("/live\\.[0-9a-f]{12}\\.js");
    var script = get(path);
    assertThat(script.body()).contains("EventSource");
    assertThat(header(script, "Content-Type")).startsWith("text/javascript");
    assertThat(header(script, "Cache-Control")).contains("immutable");
  }

  @Test
  void theFirstLoadIsSmallerThan15KiB() throws Exception {
    assertThat(zipped(get("/").body()) + zipped(Shipped.load("live.js").text()))
        .isLessThan(15 * 1024);
  }

  @ParameterizedTest
  @CsvSource({
    "?lang=en, zh-CN, zh, en",
    "'', en, zh, en",
    "'', '', 'en-GB,en;q=0.9', en",
    "'', '', 'ko', zh-CN",
    "?lang=xx, xx, 'zh-TW', zh-CN",
  })
  void theLanguageIsTheChosenTheRememberedTheBrowsersTheSites(
      String query, String cookie, String accepted, String shown) throws Exception {
    var response = get("/" + query, "Cookie", "lang=" + cookie, "Accept-Language", "" + accepted);
    assertThat(response.body()).contains("<html lang=\"" + shown + "\">");
  }

  @Test
  void aChosenLanguageIsRemembered() throws Exception {
    assertThat(header(get("/?lang=en"), "Set-Cookie"))
        .contains("lang=en")
        .contains("Path=/")
        .contains("HttpOnly")
        .contains("SameSite=Lax");
    assertThat(header(get("/"), "Set-Cookie")).isEmpty();
  }

  @Test
  void theRefreshWithoutJavaScriptCanBeStopped() throws Exception {
    assertThat(get("/").body())
        .contains("<noscript><meta http-equiv=\"refresh\" content=\"10\"></noscript>")
        .contains("href=\"/?still=1\"");
    assertThat(get("/?still=1").body()).doesNotContain("http-equiv=\"refresh\"");
  }

  @Test
  void markupInANameIsShownAsText() throws Exception {
    street.addGeneric(
        "odd",
        "<img src=x onerror=alert(1)>\"'&",
        Street.number("<b>p</b>", "/", 1e9),
        Street.flag("q"));
    assertThat(get("/").body())
        .contains("&lt;img src=x onerror=alert(1)&gt;")
        .contains("&lt;b&gt;p&lt;/b&gt;")
        .doesNotContain("<img")
        .doesNotContain("<b>p");
  }

  @Test
  void aTakenPortIsToldInWords() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var second = serverAt(taken.getLocalPort(), street);
      assertThatThrownBy(second::start)
          .isInstanceOf(PageException.class)
          .hasMessageContaining("page: localhost:" + taken.getLocalPort())
          .hasMessageContaining("address already in use")
          .hasMessageContaining("choose another with --page ADDRESS:PORT");
      second.close();
    }
  }

  @Test
  void madeUpReadingsAreCalledSo() throws Exception {
    assertThat(get("/").body()).doesNotContain("模拟数据");
    var settings = new PageSettings(Language.ZH, "12345", Origin.SIMULATED, null);
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var simulated = new PageServer(loopback, Shown.of(street), settings)) {
      simulated.start();
      assertThat(get(simulated, "/").body()).contains("模拟数据");
      assertThat(get(simulated, "/?lang=en").body()).contains("Simulated");
    }
  }

  @Test
  void aNameThatIsNoAddressIsToldInWords() {
    var nowhere =
        new PageServer(
            InetSocketAddress.createUnresolved("no.such.host.invalid", 8080),
            Shown.of(street),
            PageSettings.DEFAULTS);
    assertThatThrownBy(nowhere::start)
        .isInstanceOf(PageException.class)
        .hasMessage(
            "page: 'no.such.host.invalid' is no address of this machine;"
                + " choose another with --page ADDRESS:PORT");
    nowhere.close();
  }

  @Test
  void aForeignHostIsSentToTheAddressItReached() throws IOException {
    assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 302")
        .contains("Location: http://127.0.0.1:" + server.port() + "/")
        .doesNotContain("人民公园");
  }

  @Test
  void headersOverEightKilobytesAreRefused() throws IOException {
    assertThat(
            raw(
                "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: "
                    + "x".repeat(9000)
                    + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431")
        .doesNotContainIgnoringCase("jetty")
        .doesNotContain("Exception");
  }

  private static PageServer serverAt(int port, Street street) {
    return new PageServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        Shown.of(street),
        PageSettings.DEFAULTS);
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return get(server, path, headers);
  }

  private HttpResponse<String> get(PageServer page, String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static int zipped(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.size();
  }
}
