package org.kerbside.gateway.uplink;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A JSON Schema of an object, put together member by member. */
final class Sketch {

  static final JsonMapper JSON = new JsonMapper();

  private final ObjectNode schema = JSON.createObjectNode();

  private Sketch() {
    schema.put("type", "object");
    schema.putArray("required");
    schema.putObject("properties");
  }

  static Sketch object() {
    return new Sketch();
  }

  /** A member that is always there. */
  Sketch has(String name, JsonNode shape) {
    schema.withArray("required").add(name);
    return may(name, shape);
  }

  /** One that lacks where there is nothing to say. */
  Sketch may(String name, JsonNode shape) {
    ((ObjectNode) schema.get("properties")).set(name, shape);
    return this;
  }

  /** Others too, each like that. */
  Sketch others(JsonNode shape) {
    schema.set("additionalProperties", shape);
    return this;
  }

  /** One of what was sketched so far must be there. */
  Sketch oneOf(String... names) {
    var choices = schema.putArray("anyOf");
    for (var name : names) {
      choices.addObject().putArray("required").add(name);
    }
    return this;
  }

  ObjectNode done() {
    return schema;
  }

  static ObjectNode text() {
    return JSON.createObjectNode().put("type", "string");
  }

  static ObjectNode number() {
    return JSON.createObjectNode().put("type", "number");
  }

  static ObjectNode truth() {
    return JSON.createObjectNode().put("type", "boolean");
  }

  static ObjectNode whole(long least) {
    return JSON.createObjectNode().put("type", "integer").put("minimum", least);
  }

  static ObjectNode one() {
    return JSON.createObjectNode().put("const", 1);
  }

  static ObjectNode word(String word) {
    return JSON.createObjectNode().put("const", word);
  }

  static ObjectNode words(Stream<String> words) {
    var schema = text();
    var all = schema.putArray("enum");
    words.forEach(all::add);
    return schema;
  }

  /** The words of a closed set. */
  static <E> ObjectNode words(E[] set, Function<E, String> word) {
    return words(Stream.of(set).map(word));
  }

  static ObjectNode list(JsonNode each) {
    var schema = JSON.createObjectNode().put("type", "array");
    schema.set("items", each);
    return schema;
  }

  static ObjectNode map(JsonNode each) {
    var schema = JSON.createObjectNode().put("type", "object");
    schema.set("additionalProperties", each);
    return schema;
  }

  static ObjectNode anyOf(List<ObjectNode> choices) {
    var schema = JSON.createObjectNode();
    var all = schema.putArray("anyOf");
    choices.forEach(all::add);
    return schema;
  }

  static ObjectNode nothing() {
    return JSON.createObjectNode().put("type", "null");
  }

  /** A number, a truth or a word. */
  static ObjectNode value() {
    return anyOf(List.of(number(), truth(), text()));
  }
}
