package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds what is sent against the contract as it ships: nothing lacks, and nothing is untold. */
final class Held {

  private static final JsonMapper JSON = new JsonMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Schema> CLOSED = new ConcurrentHashMap<>();

  private Held() {}

  static void against(String schema, String payload) {
    var closed = CLOSED.computeIfAbsent(schema, Held::closed);
    assertThat(closed.validate(JSON.readTree(payload))).as("%s: %s", schema, payload).isEmpty();
  }

  private static Schema closed(String name) {
    var schema = JSON.readTree(Contract.text(name));
    close(schema);
    return SCHEMAS.getSchema(schema);
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Held::close);
  }
}
