package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logging in and out, over real HTTP. */
@Timeout(30)
class LoginTest {

  private final Cabinet cabinet = new Cabinet();
  private final Street street = Street.troubled();
  private final PageServer server = Pages.of(street).access(cabinet.access()).server();
  private Phone phone;

  @BeforeEach
  void serve() throws PageException {
    server.start();
    phone = new Phone(server);
  }

  @AfterEach
  void stop() {
    phone.close();
    server.close();
  }

  @Test
  void aRightCodeOpensASessionThatOnlyOurPageSends() throws Exception {
    var in = phone.login(Role.CREW, "4711");
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(header(in, "Location")).endsWith("/");
    assertThat(header(in, "Set-Cookie"))
        .matches("kerbside=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Strict");
    assertThat(phone.get("/login").body()).contains("已登录：4711，运维");
    assertThat(cabinet.told()).containsExactly("login crew:4711");
  }

  @Test
  void theFormIsForThumbsPasteAndOneTimeCodes() throws Exception {
    assertThat(phone.get("/login?lang=en").body())
        .contains("Worker no.")
        .contains("autocomplete=\"one-time-code\"")
        .contains("inputmode=\"numeric\"")
        .contains("method=\"post\"")
        .doesNotContain("<script")
        .doesNotContain(" style=");
  }

  @Test
  void aWrongCodeTellsWhatIsLeftAndThenHowLongToWait() throws Exception {
    for (int left = 4; left > 0; left--) {
      assertThat(wrong().body()).contains("不对，还可试 " + left + " 次");
    }
    var locked = wrong();
    assertThat(locked.statusCode()).isEqualTo(429);
    assertThat(locked.body()).contains("15 分钟后再试").contains("value=\"4711\"");
    assertThat(phone.login(Role.CREW, "4711").statusCode()).isEqualTo(429);
    cabinet.passes(Duration.ofMinutes(15));
    assertThat(phone.login(Role.CREW, "4711").statusCode()).isEqualTo(303);
  }

  @Test
  void whoLogsOutIsOutWhateverHisBrowserKeeps() throws Exception {
    phone.login(Role.CREW, "4711");
    var token = phone.token();
    var cookie = phone.cookie();
    var out = phone.post("/logout", "token", token);
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(header(out, "Set-Cookie")).startsWith("kerbside=; ").contains("1970");
    var again = phone.form("/logout", "token", token).header("Origin", phone.origin());
    assertThat(phone.send(again.setHeader("Cookie", "" + cookie)).statusCode()).isEqualTo(401);
    assertThat(cabinet.told()).containsExactly("login crew:4711", "logout crew:4711");
  }

  @Test
  void anOpenPageShowsACrewsThingsNoLongerThanTheSession() throws Exception {
    phone.login(Role.CREW, "4711");
    try (var page = EventLines.as("" + phone.cookie(), server.port())) {
      page.next("patch");
      cabinet.passes(Duration.ofMinutes(30));
      assertThat(page.next("bye").event()).isEqualTo("bye");
    }
  }

  @Test
  void aFormThatCameTooLateIsKeptAndSentWithOneMoreTap() throws Exception {
    phone.login(Role.CREW, "4711");
    var token = phone.token();
    cabinet.passes(Duration.ofMinutes(30));

    var late = phone.post("/logout", "token", token, "once", "c-1", "reason", "换探头 <b>\"'&=");
    assertThat(late.statusCode()).isEqualTo(401);
    assertThat(late.body()).contains("请先登录，已填写的内容会保留");

    var in =
        phone.post(
            "/login",
            "worker",
            "4711",
            "code",
            Cabinet.code(Role.CREW, "4711"),
            "to",
            Phone.hidden(late.body(), "to"),
            "kept",
            Phone.hidden(late.body(), "kept"));
    assertThat(in.statusCode()).isEqualTo(200);
    assertThat(in.body())
        .contains("<form method=\"post\" action=\"/logout\">")
        .contains("name=\"once\" value=\"c-1\"")
        .contains("value=\"换探头 &lt;b>&#34;&#39;&amp;=\"")
        .doesNotContain(token);
    var sent = phone.post("/logout", "token", Phone.hidden(in.body(), "token"));
    assertThat(sent.statusCode()).isEqualTo(303);
  }

  @Test
  void afterTheLoginNobodyIsSentElsewhere() throws Exception {
    for (var to :
        List.of(
            "//evil.example", "http://evil.example", "/\\evil", "javascript:alert(1)", "", "a")) {
      var code = Cabinet.code(Role.CREW, "4711");
      var in = phone.post("/login", "worker", "4711", "code", code, "to", to);
      assertThat(header(in, "Location")).as(to).isEqualTo("/");
    }
  }

  @Test
  void afterTheLoginHeIsWhereHeWantedToBe() throws Exception {
    assertThat(Phone.hidden(phone.get("/login?to=/a/bin-2?span=24h").body(), "to"))
        .isEqualTo("/a/bin-2?span=24h");
    var in =
        phone.post(
            "/login", "worker", "4711", "code", Cabinet.code(Role.CREW, "4711"), "to", "/a/bin-2");
    assertThat(header(in, "Location")).endsWith("/a/bin-2");
  }

  @Test
  void whatAnotherPageSendsIsRefused() throws Exception {
    phone.login(Role.CREW, "4711");
    for (var path : List.of("/login", "/logout", "/do/ack", "/api/v1/commands")) {
      for (var origin :
          List.of(
              "http://evil.example",
              "null",
              "",
              "http://127.0.0.1",
              phone.origin().replace("http", "https"),
              phone.origin() + ".evil.example")) {
        var form = phone.form(path, "token", phone.token(), "worker", "4711", "code", "000000");
        var request = origin.isEmpty() ? form : form.header("Origin", origin);
        assertThat(phone.send(request).statusCode()).as("%s %s", path, origin).isEqualTo(403);
      }
    }
    assertThat(phone.get("/login").body()).contains("已登录");
    assertThat(cabinet.told()).containsExactly("login crew:4711");
  }

  @Test
  void whereTheBrowserSaysWhoAsksItIsHeard() throws Exception {
    for (var site : List.of("cross-site", "same-site", "none", "same-origin")) {
      phone.login(Role.CREW, "4711");
      var form =
          phone
              .form("/logout", "token", phone.token())
              .header("Origin", phone.origin())
              .header("Sec-Fetch-Site", site);
      int status = site.equals("same-origin") ? 303 : 403;
      assertThat(phone.send(form).statusCode()).as(site).isEqualTo(status);
    }
  }

  @Test
  void aFormWithoutTheSessionsTokenIsRefused() throws Exception {
    phone.login(Role.CREW, "4711");
    for (var token : List.of("", "0123456789abcdef0123456789abcdef")) {
      var sent = phone.post("/logout", "token", token);
      assertThat(sent.statusCode()).isEqualTo(403);
      assertThat(sent.body()).contains("此表单已过期");
    }
    assertThat(phone.get("/login").body()).contains("已登录");
  }

  @Test
  void anothersTokenIsNoToken() throws Exception {
    try (var other = new Phone(server)) {
      other.login(Role.CREW, "4712");
      phone.login(Role.CREW, "4711");
      assertThat(phone.post("/logout", "token", other.token()).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void toAForeignNameNothingIsSent() throws Exception {
    var body = "worker=4711&code=" + Cabinet.code(Role.CREW, "4711");
    assertThat(
            raw(
                """
                POST /login HTTP/1.1\r
                Host: evil.example\r
                Origin: http://evil.example\r
                Content-Type: application/x-www-form-urlencoded\r
                Content-Length: %d\r
                Connection: close\r
                \r
                %s"""
                    .formatted(body.length(), body)))
        .startsWith("HTTP/1.1 403")
        .doesNotContain("Set-Cookie");
    assertThat(cabinet.told()).isEmpty();
  }

  @Test
  void aBodyOf64KibibytesIsReadAndNoneThatIsLarger() throws Exception {
    var fields = "worker=1&code=";
    var form = fields + "x".repeat(65_536 - fields.length());
    assertThat(raw(post("Content-Length: 65536", form))).startsWith("HTTP/1.1 400");
    // Refused by its head: what nobody reads is not sent, or it would reset the answer.
    assertThat(raw(post("Content-Length: 65537", ""))).startsWith("HTTP/1.1 413");
  }

  @Test
  void norIsOneThatDoesNotSayHowLargeItIs() throws Exception {
    var chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
    assertThat(raw(post("Transfer-Encoding: chunked", chunk + chunk + "1\r\nx\r\n")))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void aPageWithoutKeysLetsNobodyIn() throws Exception {
    try (var closed = Pages.of(street).server()) {
      closed.start();
      try (var visitor = new Phone(closed)) {
        assertThat(visitor.get("/login").body()).contains("本网关尚未设置作业码");
        assertThat(visitor.login(Role.CREW, "4711").statusCode()).isEqualTo(403);
      }
    }
  }

  private String post(String length, String body) {
    return "POST /login HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n%s\r\n"
            .formatted(server.port(), server.port(), length)
        + "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n"
        + body;
  }

  private String raw(String request) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      var first = socket.getInputStream().readNBytes(12);
      return new String(first, StandardCharsets.UTF_8);
    }
  }

  private HttpResponse<String> wrong() throws Exception {
    return phone.post("/login", "worker", "4711", "code", "000000");
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
