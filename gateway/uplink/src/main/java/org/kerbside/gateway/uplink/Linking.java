package org.kerbside.gateway.uplink;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Sha256;
import org.kerbside.gateway.model.Wire.Link;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;

/**
 * Reads the link of an audit event. Hashed is the JSON text of the event as it was told, {@code
 * before} with it, without the members that say where it stands: so it is the same link wherever it
 * is moved, and whoever has the event can reckon it.
 */
final class Linking {

  private static final Set<String> PLACE = Set.of("v", "gw", "epoch", "stream", "seq", "was");

  private final JsonParser told;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  Linking(JsonParser told) {
    this.told = told;
  }

  /** Null for other events, and for those of an epoch that was lost: their chain is not ours. */
  @Nullable Link read() {
    var kind = "";
    boolean isMoved = false;
    @Nullable String before = null;
    try (var json = JsonWire.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      told.nextToken();
      json.writeStartObject();
      for (var name = told.nextName(); name != null; name = told.nextName()) {
        told.nextToken();
        isMoved |= name.equals("was");
        if (PLACE.contains(name)) {
          told.skipChildren();
          continue;
        }
        kind = name.equals("kind") ? told.getString() : kind;
        before = name.equals("before") ? told.getString() : before;
        json.writeName(name);
        json.copyCurrentStructureExact(told);
      }
      json.writeEndObject();
    }
    return kind.equals("audit") && before != null && !isMoved
        ? new Link(before, Sha256.of(text.toByteArray()))
        : null;
  }
}
