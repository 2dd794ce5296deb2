package org.kerbside.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.History;
import org.kerbside.gateway.model.Machine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API says of itself: as it was promised, and as it really answers. */
@Timeout(30)
class OpenApiTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Path COPY = Path.of("openapi.json");
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final Street street = Street.troubled();
  private final Crew crew = new Crew(street);
  private final PageServer server =
      Pages.of(street)
          .history(
              (point, from, to, step) ->
                  new History.Series(
                      step,
                      List.of(
                          new History.Bucket(
                              from,
                              2,
                              Duration.ofSeconds(40),
                              Duration.ofSeconds(1),
                              new History.Numbers(0, 1, .5, 1),
                              Map.of("true", Duration.ofSeconds(30))))))
          .machine(machine())
          .crew(crew)
          .access(new Cabinet().access())
          .server();
  private Phone phone;

  @BeforeEach
  void serve() throws Exception {
    server.start();
    phone = new Phone(server);
    street.care("bin-2/bin-overflow", Alarm.Care.NONE.acknowledged(Street.act(0)));
    street.care("stall-5/stall-overstay", Alarm.Care.NONE.shelved(Street.act(60)));
  }

  @AfterEach
  void stop() {
    phone.close();
    server.close();
  }

  @Test
  void itIsWhatWasPromised() throws Exception {
    var served = document();
    var pretty = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(served) + "\n";
    if (!Files.exists(COPY)) {
      Files.writeString(COPY, pretty);
      fail("%s did not exist: it has been written, read it".formatted(COPY));
    }
    var promised = JSON.readTree(Files.readString(COPY));
    assertThat(Breaking.between(promised, served)).as("what programs would stumble over").isEmpty();
    assertThat(pretty)
        .as("nothing breaks: remove %s, run this again, and commit what it writes", COPY)
        .isEqualTo(Files.readString(COPY));
  }

  /** Every endpoint at every status that it may answer, on a street where everything is wrong. */
  @Test
  void everyAnswerIsAsItIsDescribed() throws Exception {
    var met = new TreeSet<String>();
    for (var asset : street.overview().assets()) {
      holds(met, "assets/{asset}", phone.get("/api/v1/assets/" + asset.id()));
    }
    for (var query : List.of("", "?state=raised", "?state=latched", "?state=cleared")) {
      holds(met, "alarms", phone.get("/api/v1/alarms" + query));
    }
    holds(met, "site", phone.get("/api/v1/site"));
    holds(met, "gateway", phone.get("/api/v1/gateway"));
    holds(met, "events", phone.get("/api/v1/events"));
    holds(met, "events", phone.get("/api/v1/events?after=yesterday"));
    holds(met, "assets/{asset}", phone.get("/api/v1/assets/nobody"));
    var history = "assets/{asset}/points/{point}/history";
    for (var point : List.of("bin-1/points/fill", "lamp-1/points/lit", "wc-1/points/visits")) {
      holds(met, history, phone.get("/api/v1/assets/" + point + "/history"));
    }
    holds(met, history, phone.get("/api/v1/assets/bin-1/points/fill/history?n=0"));
    holds(met, history, phone.get("/api/v1/assets/bin-9/points/fill/history"));
    holds(met, history, phone.get("/api/v1/assets/stall-1/points/occupied/history"));
    holds(met, "commands", command("{}"));
    holds(met, "commands/{id}", phone.get("/api/v1/commands/test-0001"));
    phone.login(Role.CREW, "4711");
    holds(met, "commands/{id}", phone.get("/api/v1/commands/test-0001"));
    holds(met, "commands", command("{}"));
    holds(met, "commands", phone.post("/api/v1/commands"));
    holds(met, "commands", command(setting("test-0001")));
    crew.refuses("interlock:frost-lock");
    holds(met, "commands", command(setting("test-0002")));
    holds(met, "commands/{id}", phone.get("/api/v1/commands/test-0002"));

    var described = new TreeSet<String>();
    for (var path : document().path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        for (var status : method.getValue().path("responses").propertyNames()) {
          described.add(method.getKey() + " " + path.getKey() + " " + status);
        }
      }
    }
    assertThat(met).isEqualTo(described);
  }

  /** What the document lets through is taken, and what it refuses is refused. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "202 | {'id':'test-0001','op':'ack','alarm':'bin-2/bin-overflow'}",
        "202 | {'id':'test-0001','op':'ack','alarm':'bin-2/bin-overflow','reason':'going'}",
        "202 | {'id':'test-0001','op':'set','point':'zone-1/valve','value':0.5,'lease':30}",
        "202 | {'id':'test-0001','op':'set','point':'lamp-1/on','value':true}",
        "202 | {'id':'test-0001','op':'maintenance','asset':'stall-1','lease':28800}",
        "202 | {'id':'test-0001','op':'did','asset':'bin-1','value':'emptied'}",
        "202 | {'id':'test-0001','op':'calibrate','asset':'bin-1','set':{'empty':'118cm'}}",
        "202 | {'id':'test-0001','op':'bind','asset':'bin-1','from':'a/1','set':{'at':'a/2'}}",
        "400 | {'id':'test-0001','op':'calibrate','asset':'bin-1','set':{'empty':118}}",
        "400 | {'id':'test-0001','op':'calibrate','asset':'bin-1','set':'empty=118cm'}",
        "400 | {'id':'test-0001','op':'bind','asset':'bin-1','from':1,'set':{'at':'a/2'}}",
        "400 | []",
        "400 | {}",
        "400 | {'id':'short','op':'ack','alarm':'a/b'}",
        "400 | {'id':'test 0001','op':'ack','alarm':'a/b'}",
        "400 | {'id':'test-0001','op':'reboot','asset':'cabinet'}",
        "400 | {'id':'test-0001','op':'ack','alarm':7}",
        "400 | {'id':'test-0001','op':'ack','alarm':''}",
        "400 | {'id':'test-0001','op':'ack','alarm':'a/b','by':'city:boss'}",
        "400 | {'id':'test-0001','op':'set','point':'a/b','value':[1]}",
        "400 | {'id':'test-0001','op':'set','point':'a/b','value':1,'lease':0}",
        "400 | {'id':'test-0001','op':'shelve','alarm':'a/b','lease':28801}",
        "400 | {'id':'test-0001','op':'shelve','alarm':'a/b','lease':'8h'}",
      })
  void aCommandIsTakenAsItIsDescribed(int status, String quoted) throws Exception {
    var body = quoted.replace('\'', '"');
    phone.login(Role.INSTALLER, "4711");
    assertThat(command(body).statusCode()).isEqualTo(status);
    var described =
        errors(document().at("/paths/~1api~1v1~1commands/post/requestBody"), Json.TYPE, body);
    assertThat(described.isEmpty()).as(described.toString()).isEqualTo(status == 202);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/paths/~1api~1v1~1site | get /api/v1/site is gone",
        "/components/schemas/Point/properties/why | .points[].why is gone",
        "/paths/~1api~1v1~1alarms/get/responses/200 | answers no 200 any more",
        "/components/schemas/Command/properties/reason | .reason is not taken any more",
        "/components/schemas/Axes/properties/mode/type | .assets[].mode is",
        "/components/schemas/Command/properties/op/enum/0 | takes no: set",
        "/components/schemas/Axes/required/1 | .assets[].kind may lack",
      })
  void whatIsTakenAwayBreaks(String place, String told) throws Exception {
    var changed = document();
    int slash = place.lastIndexOf('/');
    var parent = changed.at(place.substring(0, slash));
    var name = place.substring(slash + 1).replace("~1", "/");
    if (parent instanceof ObjectNode object) {
      object.remove(name);
    } else {
      ((ArrayNode) parent).remove(Integer.parseInt(name));
    }
    assertThat(Breaking.between(document(), changed)).anyMatch(one -> one.contains(told));
  }

  @Test
  void whatComesInAdditionBreaksNothingUnlessItIsWanted() throws Exception {
    var changed = document();
    var command = changed.at("/components/schemas/Command");
    ((ObjectNode) command.path("properties")).putObject("note").put("type", "string");
    ((ObjectNode) changed.at("/components/schemas/Axes/properties")).putObject("since");
    assertThat(Breaking.between(document(), changed)).isEmpty();
    ((ArrayNode) command.path("required")).add("note");
    assertThat(Breaking.between(document(), changed))
        .containsExactly("post /api/v1/commands.note is wanted");
  }

  private void holds(Set<String> met, String path, HttpResponse<String> answer) throws Exception {
    var method = answer.request().method().toLowerCase(Locale.ROOT);
    var operation = document().path("paths").path("/api/v1/" + path).path(method);
    var status = Integer.toString(answer.statusCode());
    met.add("%s /api/v1/%s %s".formatted(method, path, status));
    var response = operation.path("responses").path(status);
    var type = answer.headers().firstValue("Content-Type").orElse("");
    assertThat(response.path("content").has(type)).as("%s %s: %s", path, status, type).isTrue();
    assertThat(errors(response, type, answer.body())).as(answer.body()).isEmpty();
  }

  /** Nothing that is not described may be said: objects are closed. */
  private List<?> errors(JsonNode of, String type, String text) throws Exception {
    var whole = (ObjectNode) document();
    for (var schema : whole.at("/components/schemas")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
    whole.retain("components");
    whole.setAll((ObjectNode) of.path("content").path(type).path("schema"));
    return SCHEMAS.getSchema(whole).validate(JSON.readTree(text));
  }

  private JsonNode document() throws IOException, InterruptedException {
    return JSON.readTree(phone.get("/api/v1/openapi.json").body());
  }

  private HttpResponse<String> command(String body) throws Exception {
    return phone.send(
        phone
            .form("/api/v1/commands")
            .setHeader("Content-Type", "application/json")
            .header("X-Kerbside-Token", phone.token())
            .header("Origin", phone.origin())
            .POST(BodyPublishers.ofString(body)));
  }

  private static String setting(String id) {
    return "{\"id\":\"%s\",\"op\":\"set\",\"point\":\"zone-1/valve\",\"value\":0.5}".formatted(id);
  }

  private static Machine machine() {
    return new Machine() {
      @Override
      public Facts facts() {
        return new Facts(
            "1.4.0", 42, 212, 512, null, List.of(new Bus("lamps", "modbus", 8, 1)), List.of());
      }

      @Override
      public List<Fitting> fittings(String asset) {
        return List.of();
      }
    };
  }
}
