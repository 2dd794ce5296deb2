package org.kerbside.gateway.app;

import java.io.IOException;
import java.util.List;

/**
 * The instants at which a death is likeliest to break a promise, by name. {@link #in} puts them
 * into the product; {@link Probe#HALT} says which one is the end.
 */
enum KillPoints {
  BEFORE_COMMIT(25),
  WRITTEN(25),
  COMMITTED(25),
  /** The same, and a CoAP pack is in it: its sender will ask again. */
  PACK_COMMITTED(5),
  ACKNOWLEDGED(25),
  DURABLE(2),
  BEFORE_MOVE(2),
  MOVED(2),
  BEFORE_PUBLISH(25),
  PUBLISHED(25),
  BEFORE_FREE(25),
  FREED(25),
  BEFORE_CURSORS(2),
  CURSORS(2),
  BEFORE_DELETE(1),
  DELETED(1);

  /** Where the journal is laid, in order; passed once in its life. */
  static final List<String> LAYING = List.of("BEFORE_LAY", "LAYING", "LAID");

  /** It is passed so often in a second or two of load. */
  private final int passes;

  KillPoints(int passes) {
    this.passes = passes;
  }

  int passes() {
    return passes;
  }

  /** Patches the points in, and a housekeeping that comes often enough to be met. */
  static Patch in(Patch patch) throws IOException {
    return patch
        .before("gateway/journal:Appending", "side.begin();", pass("BEFORE_COMMIT"))
        .before("gateway/journal:Appending", "fault.at(Fault.Step.WRITTEN);", pass("WRITTEN"))
        .after("gateway/journal:Appending", "fault.at(Fault.Step.COMMITTED);", pass("COMMITTED"))
        .after(
            "gateway/journal:Appending",
            "fault.at(Fault.Step.COMMITTED);",
            "if (!entry.keys().isEmpty()) { " + pass("PACK_COMMITTED") + " }")
        .after(
            "gateway/app:Writer",
            "batch.receipts().forEach(Writer::acknowledge);",
            pass("ACKNOWLEDGED"))
        .replace(
            "gateway/app:Control",
            "rooms.desk().committed(desk, id, now, ruling);",
            "{ rooms.desk().committed(desk, id, now, ruling); " + pass("DURABLE") + " }")
        .before(
            "gateway/app:Decision",
            "var refusal = sides.outlets().move(move);",
            pass("BEFORE_MOVE"))
        .after("gateway/app:Decision", "var refusal = sides.outlets().move(move);", pass("MOVED"))
        .before(
            "gateway/uplink:Conversation", "connection.publish(message);", pass("BEFORE_PUBLISH"))
        .after("gateway/uplink:Conversation", "connection.publish(message);", pass("PUBLISHED"))
        .before(
            "gateway/uplink:Conversation",
            "drain.acknowledged(message, stream, code, nanos);",
            pass("BEFORE_FREE"))
        .after(
            "gateway/uplink:Conversation",
            "drain.acknowledged(message, stream, code, nanos);",
            pass("FREED"))
        .before("gateway/app:Writer", "journal.persistCursors();", pass("BEFORE_CURSORS"))
        .after("gateway/app:Writer", "journal.persistCursors();", pass("CURSORS"))
        .before(
            "gateway/journal:Freeing",
            "side.commit();\n    tracks.written(cursors);",
            pass("BEFORE_DELETE"))
        .after(
            "gateway/journal:Freeing",
            "side.commit();\n    tracks.written(cursors);",
            pass("DELETED"))
        .before(
            "gateway/journal:Schema",
            "Database.tell(connection, \"BEGIN IMMEDIATE\");",
            pass("BEFORE_LAY"))
        .before("gateway/journal:Schema", "Database.tell(connection, \"COMMIT\");", pass("LAYING"))
        .after("gateway/journal:Schema", "Database.tell(connection, \"COMMIT\");", pass("LAID"))
        .replace(
            "gateway/app:Writer",
            "HOUSEKEEPING = Duration.ofMinutes(1)",
            "HOUSEKEEPING = Duration.ofMillis(300)")
        .replace(
            "gateway/app:Writer",
            "FREEING = Duration.ofMinutes(5)",
            "FREEING = Duration.ofMillis(300)")
        .replace(
            "gateway/app:Writer",
            "journal.free(Recent.AGE)",
            "journal.free(Duration.ofSeconds(3))");
  }

  private static String pass(String label) {
    return "org.kerbside.gateway.app.Probe.pass(\"%s\");".formatted(label);
  }
}
