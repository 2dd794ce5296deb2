package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** Every route that changes something, against everybody who may come. */
@Timeout(30)
class AuthorityTest {

  /** Who may, at least; a new route stands here or the test fails. */
  private static final Map<String, Role> LEAST =
      Map.of(
          "/logout", Role.VIEWER,
          "/do/{deed}", Role.CREW,
          "/commission/{asset}", Role.INSTALLER,
          "/swap/{asset}", Role.INSTALLER,
          "/clock", Role.INSTALLER,
          "/scan", Role.INSTALLER,
          "/scan/label", Role.INSTALLER,
          "/api/v1/commands", Role.CREW);

  private static final Pattern ROUTE =
      Pattern.compile("routes\\.(?:post|put|patch|delete)\\(([^,]+),");

  private final PageServer server =
      Pages.of(Street.troubled()).access(new Cabinet().access()).server();
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
  void everyRouteThatChangesSomethingIsTriedHere() throws Exception {
    var source =
        Files.readString(Path.of("src/main/java/org/kerbside/gateway/page/PageServer.java"));
    var routes = new TreeSet<String>();
    for (var hit : ROUTE.matcher(source).results().toList()) {
      routes.add(hit.group(1).replace("\"", ""));
    }
    assertThat(source).containsOnlyOnce("addHttpHandler("); // those that the API tells of itself
    routes.addAll(posted(phone.get("/api/v1/openapi.json").body()));
    var tried = new TreeSet<>(LEAST.keySet());
    tried.add("/login"); // for everybody, see LoginTest
    tried.add("/captive/stay"); // likewise, see CaptiveTest
    assertThat(routes).isEqualTo(tried);
  }

  private static List<String> posted(String document) {
    return new JsonMapper()
        .readTree(document).path("paths").properties().stream()
            .filter(
                path -> path.getValue().propertyNames().stream().anyMatch(is -> !is.equals("get")))
            .map(Map.Entry::getKey)
            .toList();
  }

  @Test
  void nobodyIsToldToLogIn() throws Exception {
    for (var route : LEAST.keySet()) {
      assertThat(phone.post(path(route)).statusCode()).as(route).isEqualTo(401);
    }
  }

  @Test
  void whoseCodeIsNotEnoughIsToldSoAndNobodyElse() throws Exception {
    for (var role : List.of(Role.CREW, Role.INSTALLER, Role.ENGINEER)) {
      for (var route : LEAST.entrySet()) {
        phone.login(role, "4711");
        var answer = phone.post(path(route.getKey()), "token", phone.token());
        boolean isRefused = answer.statusCode() == 403;
        assertThat(isRefused)
            .as("%s, %s", route.getKey(), role)
            .isEqualTo(!role.covers(route.getValue()));
        assertThat(answer.statusCode()).isNotEqualTo(401);
      }
    }
  }

  /** One route, and the operation says who may. */
  @Test
  void whatIsMeasuredOrFittedIsAnInstallersByTheApiToo() throws Exception {
    for (var role : List.of(Role.CREW, Role.INSTALLER, Role.ENGINEER)) {
      phone.login(role, "4711");
      for (var op : List.of("calibrate", "bind")) {
        var body =
            "{\"id\":\"test-%s\",\"op\":\"%s\",\"asset\":\"bin-2\",\"set\":{\"at\":\"a/1\"}}"
                .formatted(role.word(), op);
        var request =
            phone
                .form("/api/v1/commands")
                .setHeader("Content-Type", "application/json")
                .header("X-Kerbside-Token", phone.token())
                .header("Origin", phone.origin())
                .POST(BodyPublishers.ofString(body));
        assertThat(status(request))
            .as("%s, %s", op, role)
            .isEqualTo(role.covers(Role.INSTALLER) ? 202 : 403);
      }
    }
  }

  @Test
  void withoutOurOriginOrTheTokenNobodyMayAnything() throws Exception {
    phone.login(Role.ENGINEER, "4711");
    var token = phone.token();
    for (var route : LEAST.keySet()) {
      assertThat(status(phone.form(path(route), "token", token))).as(route).isEqualTo(403);
      assertThat(phone.post(path(route), "token", token + "0").statusCode())
          .as(route)
          .isEqualTo(403);
      assertThat(phone.post(path(route)).statusCode()).as(route).isEqualTo(403);
    }
    assertThat(phone.token()).isEqualTo(token);
  }

  private static String path(String route) {
    return route.replace("{deed}", "ack").replace("{asset}", "bin-2");
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return phone.send(request).statusCode();
  }
}
