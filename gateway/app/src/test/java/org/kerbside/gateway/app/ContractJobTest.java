package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.gateway.app.wiring.Here;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a whole gateway sends over a real broker is what {@code kerbside schema} promises. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Timeout(90)
class ContractJobTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String PREFIX = "kerbside/1/demo/CD-QY-0173/";

  /** Which payload a topic carries, as the AsyncAPI document says. */
  private static final Map<String, String> CARRIED =
      Map.of(
          "state", "state",
          "desc", "desc",
          "d", "readings",
          "h", "readings",
          "e", "event",
          "a", "asset",
          "r", "answer");

  @TempDir private Path data;
  private final Map<String, Schema> schemas = new HashMap<>();

  @Test
  void everythingThatComesIsAsItIsPromised() throws Exception {
    try (var broker = Mosquitto.start();
        var city = City.at(broker.port())) {
      var coap = "buses.coap.listen=127.0.0.1:" + FreePort.udp();
      try (var gateway =
          GatewayProcess.run("demo.yaml", data, "none", coap, "uplink.url=" + broker.url())) {
        Await.until("it is described", () -> !city.on("desc").isEmpty());
        var expires = Instant.now().plus(Duration.ofMinutes(5)).getEpochSecond();
        ask(broker, "t-1", "\"expires\":%d".formatted(expires));
        ask(broker, "t-2", "\"by\":\"dispatch:zhang\"");
        Await.until(
            "every topic but the backlog's",
            () ->
                tops(city)
                        .containsAll(CARRIED.keySet().stream().filter(t -> !t.equals("h")).toList())
                    && ended(city, "t-1")
                    && ended(city, "t-2"),
            Duration.ofSeconds(60),
            () -> tops(city).toString());
        assertThat(gateway.stop()).isZero();
      }
      Await.until(
          "it says goodbye",
          () -> city.newest(PREFIX + "state").contains("offline"),
          Duration.ofSeconds(20),
          () -> city.newest(PREFIX + "state"));
      for (var message : city.messages(one -> one.topic().startsWith(PREFIX))) {
        var schema = CARRIED.get(top(message));
        if (schema != null && !message.payload().isEmpty()) {
          assertThat(schema(schema).validate(message.json())).as(message.toString()).isEmpty();
        }
      }
    }
  }

  private static void ask(Mosquitto broker, String id, String more) throws Exception {
    broker.publish(
        PREFIX + "c/" + id,
        "{\"v\":1,\"id\":\"%s\",\"op\":\"set\",\"point\":\"lamp-1/dim\",\"value\":0.6,%s}"
            .formatted(id, more),
        1);
  }

  private static boolean ended(City city, String command) {
    return city.newest(PREFIX + "r/" + command).contains("\"outcome\"");
  }

  private static Set<String> tops(City city) {
    var tops = new TreeSet<String>();
    city.messages(one -> one.topic().startsWith(PREFIX)).forEach(one -> tops.add(top(one)));
    return tops;
  }

  private static String top(City.Message message) {
    return message.topic().substring(PREFIX.length()).replaceFirst("/.*", "");
  }

  /** As it is printed, and closed: nothing comes that it does not tell. */
  private Schema schema(String name) {
    return schemas.computeIfAbsent(
        name,
        _ -> {
          var schema = JSON.readTree(Here.typed("schema", name).out());
          close(schema);
          return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(schema);
        });
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(ContractJobTest::close);
  }
}
