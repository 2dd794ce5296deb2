package org.kerbside.gateway.uplink;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Value;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A command's payload to a {@link Command}. Strict where a mistake could move something (types,
 * doubled members, the id), lenient where it could not: unknown members are ignored.
 */
final class CommandReader {

  static final int LARGEST = 64 * 1024;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxNumberLength(64)
                  .maxStringLength(LARGEST)
                  .build())
          .build();

  private static final BigDecimal FARTHEST = BigDecimal.valueOf(1L << 40);

  // What the members said so far.
  private String op = "";
  private String point = "";
  private String alarm = "";
  private String asset = "";
  private String reason = "";
  private @Nullable Value value;
  private String by = "";
  private @Nullable Instant issued;
  private @Nullable Instant expires;
  private @Nullable Duration lease;

  private CommandReader() {}

  /**
   * @param id as the topic says
   */
  static Command read(String id, byte[] payload) throws Malformed {
    if (payload.length > LARGEST) {
      throw new Malformed("%d bytes: expected at most %d".formatted(payload.length, LARGEST));
    }
    try (var json = JSON.createParser(ObjectReadContext.empty(), payload)) {
      return new CommandReader().read(id, json);
    } catch (JacksonException cause) {
      throw new Malformed("no JSON: " + cause.getOriginalMessage());
    } catch (DateTimeException | ArithmeticException cause) {
      throw new Malformed("a time is out of range: " + cause.getMessage());
    }
  }

  private Command read(String id, JsonParser json) throws Malformed {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new Malformed("not a JSON object");
    }
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      readMember(id, name, json.nextToken(), json);
    }
    if (json.nextToken() != null) {
      throw new Malformed("something follows the command's last brace");
    }
    if (op.isEmpty()) {
      throw new Malformed("'op' is missing");
    }
    return new Command(
        id, op, target(), value, Issuer.CITY, by, reason, issued, expires, lease, fingerprint());
  }

  /** What it is about, under the name that belongs to its operation. */
  private String target() {
    return switch (op) {
      case "ack", "shelve", "unshelve" -> alarm;
      case "maintenance", "did" -> asset;
      default -> point;
    };
  }

  private void readMember(String id, String name, JsonToken token, JsonParser json)
      throws Malformed {
    switch (name) {
      case "v" -> {
        if (number(name, token, json).compareTo(BigDecimal.ONE) != 0) {
          throw new Malformed("'v' is %s: expected 1".formatted(json.getString()));
        }
      }
      case "id" -> {
        if (!text(name, token, json).equals(id)) {
          throw new Malformed("'id' is not the topic's");
        }
      }
      case "op" -> op = text(name, token, json);
      case "point" -> point = text(name, token, json);
      case "alarm" -> alarm = text(name, token, json);
      case "asset" -> asset = text(name, token, json);
      case "reason" -> reason = text(name, token, json);
      case "by" -> by = text(name, token, json);
      case "value" -> value = value(token, json);
      case "issued" -> issued = time(name, token, json);
      case "expires" -> expires = time(name, token, json);
      case "lease" -> lease = lease(token, json);
      default -> json.skipChildren();
    }
  }

  private static @Nullable Value value(JsonToken token, JsonParser json) throws Malformed {
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> Value.Flag.TRUE;
      case VALUE_FALSE -> Value.Flag.FALSE;
      case VALUE_STRING -> new Value.State(json.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> finite(json.getDoubleValue());
      default -> throw new Malformed("'value' is no number, truth or word");
    };
  }

  private static Value finite(double number) throws Malformed {
    if (!Double.isFinite(number)) {
      throw new Malformed("'value' is too large");
    }
    return new Value.Num(number);
  }

  private static @Nullable Instant time(String name, JsonToken token, JsonParser json)
      throws Malformed {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    return Instant.ofEpochMilli(number(name, token, json).movePointRight(3).longValue());
  }

  private static @Nullable Duration lease(JsonToken token, JsonParser json) throws Malformed {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    var seconds = number("lease", token, json);
    if (seconds.signum() <= 0) {
      throw new Malformed("'lease' is %s s: expected more than 0".formatted(seconds));
    }
    return Duration.ofMillis(seconds.movePointRight(3).longValue());
  }

  private static BigDecimal number(String name, JsonToken token, JsonParser json) throws Malformed {
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw new Malformed("'%s' is no number".formatted(name));
    }
    // The exponent alone could make a number of a gigabyte: the double tells its size first.
    if (Math.abs(json.getDoubleValue()) > FARTHEST.doubleValue()) {
      throw new Malformed("'%s' is too large".formatted(name));
    }
    return BigDecimal.valueOf(json.getDoubleValue());
  }

  private static String text(String name, JsonToken token, JsonParser json) throws Malformed {
    if (token != JsonToken.VALUE_STRING) {
      throw new Malformed("'%s' is no text".formatted(name));
    }
    return json.getString();
  }

  /** Of what the members mean, so that another order or spacing is the same command. */
  private String fingerprint() {
    var content = new StringBuilder(128);
    for (var part :
        new @Nullable Object[] {op, target(), value, by, reason, issued, expires, lease}) {
      var text = String.valueOf(part);
      content.append(text.length()).append(':').append(text);
    }
    return Payloads.hash(content.toString());
  }
}
