package org.kerbside.gateway.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Note.Fact;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORWriteFeature;

/**
 * Memories as bytes, and back: a version, a check sum, and deflated CBOR (RFC 8949) whose names are
 * those of the notes. Most of it is numbers, which JSON would write and read as text.
 */
final class SnapshotBytes {

  private static final CBORFactory CBOR =
      CBORFactory.builder().enable(CBORWriteFeature.WRITE_MINIMAL_DOUBLES).build();
  private static final int VERSION = 1;
  private static final int HEAD = 1 + Integer.BYTES;

  private SnapshotBytes() {}

  /** Bytes that are no memories of ours: torn, flipped, or of another version. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private Unreadable(String problem, @Nullable Throwable cause) {
      super(problem, cause);
    }
  }

  static byte[] write(Memories memories) {
    return write(
        new Note()
            .put("at", memories.at())
            .put("state", memories.state())
            .put("derived", memories.derived())
            .put("rules", memories.rules())
            .put("programmes", memories.programmes())
            .put("desk", memories.desk()));
  }

  /** As of memories, of any note. */
  static byte[] write(Note note) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[HEAD]);
    var deflater = new Deflater(Deflater.BEST_SPEED);
    try (var json =
        CBOR.createGenerator(
            ObjectWriteContext.empty(), new DeflaterOutputStream(bytes, deflater))) {
      write(json, note);
    } finally {
      deflater.end();
    }
    var body = bytes.toByteArray();
    ByteBuffer.wrap(body).put((byte) VERSION).putInt(sum(body));
    return body;
  }

  private static int sum(byte[] body) {
    var sum = new CRC32C();
    sum.update(body, HEAD, body.length - HEAD);
    return (int) sum.getValue();
  }

  private static void write(JsonGenerator json, Note note) {
    json.writeStartObject();
    note.facts()
        .forEach(
            (name, fact) -> {
              json.writeName(name);
              write(json, fact);
            });
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Fact fact) {
    switch (fact) {
      case Fact.Text(var text) -> json.writeString(text);
      case Fact.Whole(var number) -> json.writeNumber(number);
      case Fact.Real(var number) -> {
        if (Double.isNaN(number)) {
          json.writeNull();
        } else {
          json.writeNumber(number);
        }
      }
      case Fact.Flag(var flag) -> json.writeBoolean(flag);
      case Fact.One(var note) -> write(json, note);
      case Fact.Row(var facts) -> {
        json.writeStartArray();
        facts.forEach(each -> write(json, each));
        json.writeEndArray();
      }
    }
  }

  static Memories read(byte[] body) throws Unreadable {
    return memories(note(body));
  }

  /** As of memories, of any note. */
  static Note note(byte[] body) throws Unreadable {
    if (body.length < HEAD) {
      throw new Unreadable("%d bytes are too few".formatted(body.length), null);
    }
    var head = ByteBuffer.wrap(body);
    int version = head.get();
    if (version != VERSION) {
      throw new Unreadable(
          "version %d, this one reads version %d".formatted(version, VERSION), null);
    }
    if (head.getInt() != sum(body)) {
      throw new Unreadable("its check sum does not fit", null);
    }
    var plain = new InflaterInputStream(new ByteArrayInputStream(body, HEAD, body.length - HEAD));
    try (plain;
        var json = CBOR.createParser(ObjectReadContext.empty(), plain)) {
      json.nextToken();
      return note(json);
    } catch (JacksonException | IOException broken) {
      throw new Unreadable("it is no CBOR of ours: " + broken.getMessage(), broken);
    }
  }

  private static Memories memories(Note note) throws Unreadable {
    var at = note.moment("at");
    if (at == null) {
      throw new Unreadable("it has no time", null);
    }
    return new Memories(
        at,
        note.note("state"),
        note.note("derived"),
        note.note("rules"),
        note.note("programmes"),
        note.note("desk"));
  }

  private static Note note(JsonParser json) {
    var note = new Note();
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      note.put(name, fact(json, json.nextToken()));
    }
    return note;
  }

  private static @Nullable Fact fact(JsonParser json, JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> new Fact.Text(json.getString());
      case VALUE_NUMBER_INT -> new Fact.Whole(json.getLongValue());
      case VALUE_NUMBER_FLOAT -> new Fact.Real(json.getDoubleValue());
      case VALUE_TRUE -> new Fact.Flag(true);
      case VALUE_FALSE -> new Fact.Flag(false);
      case START_OBJECT -> new Fact.One(note(json));
      case START_ARRAY -> new Fact.Row(row(json));
      case VALUE_NULL -> new Fact.Real(Double.NaN);
      default -> null; // We write none of these.
    };
  }

  private static List<Fact> row(JsonParser json) {
    var row = new ArrayList<Fact>();
    for (var token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
      var fact = fact(json, token);
      if (fact != null) {
        row.add(fact);
      }
    }
    return row;
  }
}
