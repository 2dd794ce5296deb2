package org.kerbside.deploy.platform.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Goes along the chain of audit events of one gateway's epoch: each carries in {@code before} the
 * hash of the one before it, the first that of the epoch's name. Between two of which a city lacks
 * something it cannot tell. It has nothing of the gateway's code, be it a hash: who shares it
 * shares its faults.
 */
final class Deeds {

  private static final JsonFactory JSON = new JsonFactory();

  /** Where an event stands is not what it tells. */
  private static final Set<String> PLACE = Set.of("v", "gw", "epoch", "stream", "seq", "was");

  private final Cursor cursor;
  private final List<Long> unchained = new ArrayList<>();
  private String link; // of the one before
  private long since = 1; // its seq

  Deeds(Cursor cursor) {
    this.cursor = cursor;
    link = hash(cursor.place.epoch().getBytes(UTF_8));
  }

  /**
   * Those that do not hang on the one before them: one of both was changed, or one was taken out.
   */
  List<Long> unchained() {
    return List.copyOf(unchained);
  }

  /** The next event in the order of their seqs. */
  void next(long seq, byte[] body) {
    var text = new ByteArrayOutputStream();
    var before = before(body, text);
    if (before == null) {
      return;
    }
    boolean isKnown = cursor.received.missing(since) > seq;
    if (isKnown && !before.equals(link)) {
      unchained.add(seq);
    }
    link = hash(text.toByteArray());
    since = seq;
  }

  /**
   * What an audit event says of the one before it; null for other events, and for those of an epoch
   * that was lost.
   *
   * @param text gets what is hashed of it
   */
  private static @Nullable String before(byte[] body, ByteArrayOutputStream text) {
    var kind = "";
    boolean isMoved = false;
    @Nullable String before = null;
    try (var told = JSON.createParser(ObjectReadContext.empty(), body);
        var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
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
    } catch (JacksonException unreadable) {
      return null; // What hangs on it will tell.
    }
    return kind.equals("audit") && !isMoved ? before : null;
  }

  private static String hash(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }
}
