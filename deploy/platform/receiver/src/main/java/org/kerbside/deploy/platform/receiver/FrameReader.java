package org.kerbside.deploy.platform.receiver;

import java.io.ByteArrayOutputStream;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads who a frame is: from the user properties, or from the payload where a bridge lost them. Of
 * the payload it reads no more than a gap event's members.
 */
final class FrameReader {

  /** It goes back into watermarks. */
  private static final Pattern EPOCH = Pattern.compile("[0-9A-Za-z]{1,64}");

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_BYTES = 16 * 1024 * 1024; // inflated: a frame has 128 KiB deflated

  // What the payload said.
  private String epoch = "";
  private String stream = "";
  private long seq;
  private String kind = "";
  private @Nullable String of;
  private long from;
  private long to;
  private String reason = "";

  private FrameReader() {}

  static Frame read(Message message) throws MalformedException {
    var body = body(message);
    var users = message.users();
    boolean isNamed =
        users.containsKey("epoch") && users.containsKey("stream") && users.containsKey("seq");
    var told = new FrameReader();
    if (isNamed) {
      told.epoch = users.getOrDefault("epoch", "");
      told.stream = users.getOrDefault("stream", "");
      told.seq = seq(users.getOrDefault("seq", ""));
    }
    if (!isNamed || message.leaf().equals("e")) {
      told.read(body);
    }
    return told.frame(message, body);
  }

  /** What frees a gateway's frames, as its {@code state} says. */
  static String acknowledgedBy(Message state) throws MalformedException {
    try (var json = JSON.createParser(ObjectReadContext.empty(), body(state))) {
      json.nextToken();
      for (var name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        if (name.equals("ack")) {
          return json.getString();
        }
        json.skipChildren();
      }
      return "broker";
    } catch (JacksonException cause) {
      throw new MalformedException("no JSON: " + cause.getOriginalMessage());
    }
  }

  private Frame frame(Message message, byte[] body) throws MalformedException {
    if (!EPOCH.matcher(epoch).matches()
        || seq < 1
        || !stream.equals(message.leaf().equals("e") ? "e" : "d")) {
      throw new MalformedException("epoch '%s', stream '%s', seq %d".formatted(epoch, stream, seq));
    }
    var gap = kind.equals("gap") ? new Frame.Gap(of, from, to, reason) : null;
    return new Frame(new Place(message.prefix(), epoch, stream), seq, body, gap);
  }

  private void read(byte[] body) throws MalformedException {
    try (var json = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedException("not a JSON object");
      }
      for (var name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        readMember(name, json);
      }
    } catch (JacksonException cause) {
      throw new MalformedException("no JSON: " + cause.getOriginalMessage());
    }
  }

  private void readMember(String name, JsonParser json) {
    switch (name) {
      case "epoch" -> epoch = json.getString();
      case "stream" -> stream = json.getString();
      case "seq" -> seq = json.getLongValue();
      case "kind" -> kind = json.getString();
      case "of" -> of = json.getString();
      case "from" -> from = json.getLongValue();
      case "to" -> to = json.getLongValue();
      case "reason" -> reason = json.getString();
      default -> json.skipChildren();
    }
  }

  private static long seq(String text) throws MalformedException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException cause) {
      throw new MalformedException("seq '%s'".formatted(text));
    }
  }

  private static byte[] body(Message message) throws MalformedException {
    return "zlib".equals(message.users().get("enc"))
        ? inflated(message.payload())
        : message.payload();
  }

  private static byte[] inflated(byte[] payload) throws MalformedException {
    var inflater = new Inflater();
    try {
      inflater.setInput(payload);
      var out = new ByteArrayOutputStream(4 * payload.length);
      var chunk = new byte[8192];
      while (!inflater.finished()) {
        int count = inflater.inflate(chunk);
        if (count == 0 || out.size() > MOST_BYTES) {
          throw new MalformedException("enc=zlib does not inflate");
        }
        out.write(chunk, 0, count);
      }
      return out.toByteArray();
    } catch (DataFormatException cause) {
      throw new MalformedException("enc=zlib does not inflate: " + cause.getMessage());
    } finally {
      inflater.end();
    }
  }
}
