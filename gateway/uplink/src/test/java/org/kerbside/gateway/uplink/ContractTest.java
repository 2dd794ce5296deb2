package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Got;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.Value;
import tools.jackson.databind.node.ObjectNode;

/** The files that programs read by are what the types say. */
class ContractTest {

  private static final Path FILES = Path.of("src/main/resources/org/kerbside/gateway/uplink");

  /** What a topic carries, who sends it, and whether the broker keeps it. */
  private record Channel(String address, String payload, String action, String says) {}

  private static final List<Channel> CHANNELS =
      List.of(
          new Channel("state", "state", "send", "How the gateway is; kept, and the will."),
          new Channel("desc", "desc", "send", "What the site has; kept."),
          new Channel("d", "readings", "send", "Live readings, one commit a frame."),
          new Channel("h", "readings", "send", "The same, committed before the link stood."),
          new Channel("e", "event", "send", "Events."),
          new Channel("a/{asset}", "asset", "send", "An asset as it is now; kept."),
          new Channel("r/{command}", "answer", "send", "A command's progress and its one outcome."),
          new Channel("got", "got", "send", "What became of the wanted configuration; kept."),
          new Channel("c/{command}", "command", "receive", "A command; refused if kept."),
          new Channel("ack", "acknowledgement", "receive", "What the platform has stored."),
          new Channel("want", "want", "receive", "The configuration that the city wants; kept."));

  @TestFactory
  List<DynamicTest> eachPayloadIsAsItWasPromised() {
    assertThat(Payload.all().keySet()).containsExactlyElementsOf(Contract.PAYLOADS);
    return Payload.all().entrySet().stream()
        .map(
            payload ->
                DynamicTest.dynamicTest(
                    payload.getKey(), () -> promised(payload.getKey(), payload.getValue())))
        .toList();
  }

  @Test
  void theWholeIsAsItWasPromised() throws Exception {
    promised(Contract.WHOLE, whole());
  }

  @Test
  void everyKindOfEventIsDescribed() {
    Set<Class<?>> described = Set.copyOf(Payload.events().keySet());
    assertThat(described).isEqualTo(Set.of(Event.class.getPermittedSubclasses()));
  }

  @Test
  void answersAreAsTheyAreDescribed() {
    for (var progress : Progress.values()) {
      Held.against("answer", text(Payloads.progress("c-1", progress)));
    }
    for (var outcome :
        List.of(
            new Outcome.Done(null),
            new Outcome.Done(new Value.Num(.6)),
            new Outcome.Rejected("busy"),
            new Outcome.Failed("interrupted"),
            new Outcome.Expired())) {
      Held.against("answer", text(Payloads.outcome("c-1", outcome, Words.at(0), "for people")));
    }
    for (var result : Got.Result.values()) {
      Held.against("got", text(Payloads.got(new Got(3, 43, result, List.of("site.yaml:1:1")))));
    }
  }

  private static void promised(String name, ObjectNode schema) throws Exception {
    var file = FILES.resolve(name + ".json");
    var pretty = Sketch.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    if (!Files.exists(file)) {
      Files.writeString(file, pretty);
      fail("%s did not exist: it has been written, read it".formatted(file));
    }
    assertThat(pretty)
        .as("if nobody stumbles over the change, remove %s, run this again, and commit it", file)
        .isEqualTo(Files.readString(file));
  }

  private static ObjectNode whole() {
    var whole = Sketch.JSON.createObjectNode().put("asyncapi", "3.0.0");
    whole.putObject("info").put("title", "Kerbside, one gateway").put("version", "1");
    var channels = whole.putObject("channels");
    var operations = whole.putObject("operations");
    for (var channel : CHANNELS) {
      var name = channel.address().replaceAll("/.*", "");
      channel(channels.putObject(name), channel);
      var operation = operations.putObject(channel.action() + "-" + name);
      operation.put("action", channel.action()).put("summary", channel.says());
      operation.putObject("channel").put("$ref", "#/channels/" + name);
    }
    var components = whole.putObject("components");
    var messages = components.putObject("messages");
    var schemas = components.putObject("schemas");
    Payload.all()
        .forEach(
            (name, schema) -> {
              var message = messages.putObject(name).put("contentType", "application/json");
              message.putObject("payload").put("$ref", "#/components/schemas/" + name);
              schemas.set(name, schema);
            });
    return whole;
  }

  private static void channel(ObjectNode node, Channel channel) {
    node.put("address", "{root}/1/{tenant}/{gateway}/" + channel.address());
    node.put("description", channel.says());
    var parameters = node.putObject("parameters");
    for (var name : List.of("root", "tenant", "gateway", "asset", "command")) {
      if (node.path("address").stringValue("").contains("{" + name + "}")) {
        parameters.putObject(name);
      }
    }
    node.putObject("messages")
        .putObject(channel.payload())
        .put("$ref", "#/components/messages/" + channel.payload());
  }

  private static String text(byte[] payload) {
    return new String(payload, UTF_8);
  }
}
