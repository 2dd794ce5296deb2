package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Revisions;
import org.kerbside.config.Standing;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;
import org.kerbside.gateway.app.wiring.Here;

/** What the city signs: commands, and the site's configuration; and what somebody else sends. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Timeout(120)
class FromTheCityTest {

  private static final String GATEWAY = "CITY-1";
  private static final String PREFIX = "kerbside/1/bench/" + GATEWAY;

  private static final String SITE =
      """
      schema: 1
      demo: true
      site: { id: CITY-1, name: local, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink:
        url: "mqtt://BROKER"
        tenant: bench
        spread: 0s
        accept: [ plaintext, anonymous ]
        want: site
        commands: { signed: required, keys: [ dispatch-2026 ] }
      buses:
        sim: { driver: simulator, seed: 7, every: 1s }
      assets:
        lamp-1: { kind: lamp, power: 60W, at: sim/lamp-1 }
      """;

  @TempDir private Path folder;
  private Path data;
  private Path site;
  private Mosquitto broker;
  private City city;
  private Signer dispatch;

  @BeforeEach
  void openTheCity() throws Exception {
    broker = Mosquitto.start();
    city = City.at(broker.port());
    data = folder.resolve("data");
    dispatch = Signer.fresh();
    dispatch.publish(folder.resolve("keys/dispatch-2026.pem"));
    site = Files.writeString(folder.resolve("site.yaml"), written("local", broker.port()));
  }

  @AfterEach
  void closeTheCity() {
    city.close();
    broker.close();
  }

  @Test
  void whatNobodySignedMovesNothing() throws Exception {
    try (var gateway = run()) {
      awaitOnline();
      var heard = dispatch.signed(setting("s-1", 0.6));
      command("s-1", heard);
      ends("s-1", "\"outcome\":\"done\",\"observed\":0.6");

      command("u-1", unsigned(setting("u-1", 0.9)));
      ends("u-1", "\"reason\":\"unsigned\"");
      command("w-1", Signer.fresh().signed(setting("w-1", 0.9)));
      ends("w-1", "\"reason\":\"unsigned\"");
      command("a-1", dispatch.signed(setting("a-1", 0.5)).replace("0.5", "0.9"));
      ends("a-1", "\"reason\":\"unsigned\"");
      command("b-1", dispatch.signed(setting("s-1", 0.6)));
      ends("b-1", "\"reason\":\"not-allowed\"");
      var other = setting("o-1", 0.9);
      other.put("gw", "CITY-2");
      command("o-1", dispatch.signed(other));
      ends("o-1", "\"reason\":\"unsigned\"");

      var late = setting("x-1", 0.9);
      late.put("expires", Instant.now().getEpochSecond() - 1);
      command("x-1", dispatch.signed(late));
      ends("x-1", "\"outcome\":\"expired\"");
      var lasting = setting("l-1", 0.9);
      lasting.put("expires", 4_000_000_000L);
      command("l-1", dispatch.signed(lasting));
      ends("l-1", "\"reason\":\"no-expiry\"");

      command("s-2", dispatch.signed(setting("s-2", 0.3)));
      ends("s-2", "\"outcome\":\"done\",\"observed\":0.3");
      var heardOf = answers("s-1").size();
      command("s-1", heard);
      Await.until("what is played again is answered", () -> answers("s-1").size() > heardOf);
      assertThat(answers("s-1").subList(heardOf, answers("s-1").size()))
          .as("as it was at first, and without its being carried out")
          .allMatch(answer -> answer.contains("\"outcome\":\"done\",\"observed\":0.6"));
      Await.until("it is audited", () -> events().contains("\"what\":\"unsigned\""));
      assertThat(gateway.stop()).isZero();
    }
  }

  @Test
  void whatTheCityPushesRunsUntilItTakesItBackAndNeverCutsTheGatewayOff() throws Exception {
    try (var gateway = run()) {
      want(unsigned(wanted(3, Map.of("site.yaml", written("mallory", broker.port())))));
      awaitGot("{\"v\":1,\"revision\":1,\"result\":\"refused\",\"diagnostics\":[\"want: unsigned:");

      Await.until("it is audited", () -> events().contains("\"what\":\"unsigned\""));

      want(signed(7, "site.yaml", written("pushed", broker.port())));
      awaitGot("{\"v\":1,\"want\":7,\"revision\":2,\"result\":\"applied\",\"diagnostics\":[]}");
      assertThat(typed("status").out()).startsWith("pushed · CITY-1").contains("revision 2");
      Await.until("it is told who did it", () -> events().contains("\"by\":\"city:want-7\""));
      var reload = typed("reload");
      assertThat(reload.exit()).isEqualTo(7);
      assertThat(reload.err()).contains("what the city pushed runs: revision 2, its number 7");

      want(signed(6, "site.yaml", written("older", broker.port())));
      awaitGot("\"want: 6 is older than 7\"");
      want(signed(8, "site.yaml", written("wrong", broker.port()).replace("60W", "60")));
      awaitGot("{\"v\":1,\"want\":8,\"revision\":2,\"result\":\"refused\"");
      assertThat(got()).contains("site.yaml:14:32 E101 '60' has no unit");
      want(signed(9, "integrations/x.camel.yaml", "- from: { uri: \"file:/etc\" }"));
      awaitGot("'integrations/x.camel.yaml' cannot be pushed");

      want(signed(10, "site.yaml", written("lost", FreePort.tcp())));
      awaitGot("{\"v\":1,\"want\":10,\"revision\":2,\"result\":\"reverted\"");
      assertThat(got()).contains("the city has not heard of it");
      assertThat(gateway.stop()).isZero();
    }
    Files.writeString(site, written("mended", broker.port()));
    var answer = data.resolve("want/got");
    Files.writeString(answer, Files.readString(answer).replace("reverted", "fine"));
    try (var again = run()) {
      awaitOnline();
      assertThat(typed("status").out()).startsWith("pushed · CITY-1");
      want(signed(9, "site.yaml", written("older", broker.port())));
      awaitGot("\"want: 9 is older than 10\""); // The revisions know, whatever the answer says.
      want(dispatch.signed(wanted(11, Map.of())));
      awaitGot("{\"v\":1,\"want\":11,\"revision\":4,\"result\":\"applied\",\"diagnostics\":[]}");
      assertThat(typed("status").out()).startsWith("mended · CITY-1");
      assertThat(again.stop()).isZero();
    }
  }

  @Test
  void aCityThatMayPushItsOwnFileAloneIsHeardOnThatAndOnNothingElse() throws Exception {
    var own = "schema: 1\ndefaults: { lamp: { rules: { lamp-out: { hold: %s } } } }\n";
    Files.writeString(folder.resolve("city.yaml"), own.formatted("10min"));
    Files.writeString(
        site,
        written("local", broker.port()).replace("want: site", "want: city")
            + "include: [ city.yaml ]\n");
    try (var gateway = run()) {
      awaitOnline();
      want(unsigned(wanted(1, Map.of("city.yaml", own.formatted("1min")))));
      awaitGot("\"revision\":1,\"result\":\"refused\",\"diagnostics\":[\"want: unsigned:");
      want(dispatch.signed(wanted(2, Map.of("site.yaml", written("mallory", broker.port())))));
      awaitGot("'site.yaml' is no file that the site includes");
      want(dispatch.signed(wanted(3, Map.of("city.yaml", own.formatted("20")))));
      awaitGot("{\"v\":1,\"want\":3,\"revision\":1,\"result\":\"refused\"");
      assertThat(got()).contains("city.yaml:2:", " E101 '20' has no unit");

      want(dispatch.signed(wanted(10, Map.of("city.yaml", own.formatted("20min")))));
      awaitGot("{\"v\":1,\"want\":10,\"revision\":2,\"result\":\"applied\",\"diagnostics\":[]}");
      Await.until(
          "its probation is over, and it is kept",
          () -> Revisions.in(data).standing().equals(Standing.on(2)));
      assertThat(typed("status").out()).startsWith("local · CITY-1").contains("revision 2");
      assertThat(data.resolve("revisions/2/files/city.yaml")).hasContent(own.formatted("20min"));
      assertThat(got()).contains("\"result\":\"applied\"");
      assertThat(gateway.stop()).isZero();
    }
  }

  private void awaitOnline() throws Exception {
    Await.until("it listens", () -> city.newest(PREFIX + "/state").contains("\"online\""));
  }

  private static String written(String name, int port) {
    return SITE.replace("BROKER", "127.0.0.1:" + port).replace("local", name);
  }

  private GatewayProcess run() throws Exception {
    return GatewayProcess.run(site.toString(), data, "none");
  }

  private static Map<String, Object> setting(String id, double value) {
    var setting = new LinkedHashMap<String, Object>();
    setting.put("v", 1);
    setting.put("id", id);
    setting.put("gw", GATEWAY);
    setting.put("op", "set");
    setting.put("point", "lamp-1/dim");
    setting.put("value", value);
    setting.put("by", "dispatch:zhang");
    setting.put("expires", Instant.now().getEpochSecond() + 3600);
    setting.put("lease", 600);
    return setting;
  }

  private String signed(int number, String file, String text) throws Exception {
    var files = new TreeMap<String, String>();
    files.put("keys/dispatch-2026.pem", Files.readString(folder.resolve("keys/dispatch-2026.pem")));
    files.put(file, text);
    return dispatch.signed(wanted(number, files));
  }

  private static Map<String, Object> wanted(int number, Map<String, String> files) {
    int probation = number == 10 ? 3 : 300; // s
    return Map.of(
        "v",
        1,
        "gw",
        GATEWAY,
        "number",
        number,
        "probation",
        probation,
        "files",
        new TreeMap<>(files));
  }

  /** As whoever has the broker's password, and no key. */
  private static String unsigned(Map<String, Object> members) throws Exception {
    return Signer.fresh().signed(members).replaceFirst("\"sig\":\"[^\"]*\"", "\"sign\":0");
  }

  private void command(String id, String payload) throws Exception {
    broker.publish(PREFIX + "/c/" + id, payload, 1);
  }

  private void ends(String id, String end) throws Exception {
    Await.until(
        id + " ends: " + end,
        () -> city.newest(PREFIX + "/r/" + id).contains(end),
        Duration.ofSeconds(20),
        () -> city.newest(PREFIX + "/r/" + id));
  }

  private List<String> answers(String id) {
    return city.messages(m -> m.topic().endsWith("/r/" + id)).stream()
        .map(City.Message::payload)
        .toList();
  }

  private void want(String payload) throws Exception {
    var file = Files.writeString(folder.resolve("want.json"), payload);
    Peer.run(
        "mosquitto_pub",
        List.of(
            "-p",
            String.valueOf(broker.port()),
            "-q",
            "1",
            "-r",
            "-t",
            PREFIX + "/want",
            "-f",
            file.toString()));
  }

  private void awaitGot(String part) throws Exception {
    Await.until(part, () -> got().contains(part), Duration.ofSeconds(30), this::got);
  }

  private String got() {
    return city.newest(PREFIX + "/got");
  }

  private String events() {
    return String.join("\n", city.on("e").stream().map(City.Message::payload).toList());
  }

  private Here typed(String... words) {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    return Here.typed(line.toArray(String[]::new));
  }
}
